//! Switches as words, for the binary's control lines and for journeys in other languages.
//!
//! | words | effect |
//! | --- | --- |
//! | `advance 60` | lets so many seconds pass |
//! | `fail OPERATION FAULT [after N] [times N\|once]` | a fault; `any` for all operations, `signIn` for the token |
//! | `clear` | takes back every fault and limit |
//! | `reachable on\|off`, `sign-in on\|off` | opens or closes the API's or the identity server's port |
//! | `rate N\|off` | answers 429 beyond `N` requests a second |
//! | `tokens expire\|revoke` | ends tokens; `revoke` those to renew them, too |
//! | `tokens every N\|off` | ends a token after `N` requests |
//! | `order pending\|verification\|unavailable\|error` | what becomes of the next order |
//! | `new NAME [PRODUCT [REGION]]` | a new instance that runs; says its number |
//! | `start\|stop\|delete\|cancel\|revoke\|release ID` | as in Contabo's own panel |
//! | `status ID STATUS` | puts an instance into a state |
//! | `rename ID NAME` | what it says |
//! | `transfer DOMAIN` | somebody wants to take the domain to another registrar |
//! | `show ID` | says its state and its name |
//! | `find NAME` | says the number of the instance with this display name |
//! | `orders [NAME]` | says how many orders there were, or how many instances under that name |
//! | `served OPERATION` | says how often it was asked for |
//! | `wait OPERATION N` | waits until it was asked for so often |
//!
//! Faults: `token`, `429`, `429:SECONDS`, `500`, `500-after`, `drop`, `drop-after`, `cut`, `slow:SECONDS`, `hang`,
//! `hang-after`, `gateway`, `html`, `empty`, `empty-after`, `vanished`, `unknown`, `nulls`, `times`, `pages-endless`,
//! `pages-none`, `pages-many`, `pages-absent`, `pages-shifted`.

use std::time::Duration;

use super::{FakeContabo, Fault, NotThere, OrderOutcome, Rule, StrangePages};

/// Obeys one control line and gives what it asked for, mostly nothing. The error is a sentence for whoever wrote the
/// line.
pub async fn apply(contabo: &FakeContabo, line: &str) -> Result<String, String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        ["advance", seconds] => contabo.advance(Duration::from_secs(number(seconds)?)),
        ["fail", operation, word, rest @ ..] => contabo.inject(rule(operation, word, rest)?),
        ["clear"] => contabo.clear(),
        ["reachable", word] => contabo.set_reachable(switch(word)?).await,
        ["sign-in", word] => contabo.set_sign_in_reachable(switch(word)?).await,
        ["rate", "off"] => contabo.limit_rate(None),
        ["rate", limit] => contabo.limit_rate(Some(number(limit)?)),
        ["tokens", "expire"] => contabo.expire_tokens(),
        ["tokens", "revoke"] => contabo.revoke_tokens(),
        ["tokens", "every", "off"] => contabo.expire_tokens_every(None),
        ["tokens", "every", requests] => contabo.expire_tokens_every(Some(number(requests)?)),
        ["order", word] => contabo.next_order(outcome(word)?),
        ["orders"] => return Ok(contabo.orders().len().to_string()),
        ["orders", name] => return Ok(contabo.orders_named(name).to_string()),
        ["served", operation] => return Ok(contabo.requests_to(operation).len().to_string()),
        ["wait", operation, requests] => contabo.wait_for(operation, number(requests)?).await,
        _ => return panel(contabo, &words),
    }
    Ok(String::new())
}

fn panel(contabo: &FakeContabo, words: &[&str]) -> Result<String, String> {
    let panel = contabo.panel();
    let done = match *words {
        ["new", name] => return Ok(panel.new_instance(name, "V153", "EU").to_string()),
        ["new", name, product] => return Ok(panel.new_instance(name, product, "EU").to_string()),
        ["new", name, product, region] => return Ok(panel.new_instance(name, product, region).to_string()),
        ["find", name] => {
            let found = panel.find(name).map(|instance| instance.id.to_string());
            return found.ok_or_else(|| NotThere(format!("instance {name}")).to_string());
        }
        ["show", id] => {
            let id: i64 = number(id)?;
            let shown = panel.instance(id);
            let shown = shown.map(|instance| format!("{} {}", instance.status, instance.display_name));
            return shown.ok_or_else(|| NotThere(format!("instance {id}")).to_string());
        }
        ["start", id] => panel.start(number(id)?),
        ["stop", id] => panel.stop(number(id)?),
        ["delete", id] => panel.delete(number(id)?),
        ["cancel", id] => panel.cancel(number(id)?),
        ["revoke", id] => panel.revoke_cancellation(number(id)?),
        ["release", id] => panel.release(number(id)?),
        ["status", id, status] => panel.set_status(number(id)?, status),
        ["transfer", domain] => panel.begin_transfer_out(domain),
        ["rename", id, name] => panel.rename(number(id)?, name),
        _ => return Err(format!("not understood: {}", words.join(" "))),
    };
    done.map(|()| String::new()).map_err(|error| error.to_string())
}

fn switch(word: &str) -> Result<bool, String> {
    match word {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(format!("on or off, not {word}")),
    }
}

fn number<T: std::str::FromStr>(word: &str) -> Result<T, String> {
    word.parse().map_err(|_| format!("not a number: {word}"))
}

fn outcome(word: &str) -> Result<OrderOutcome, String> {
    Ok(match word {
        "pending" => OrderOutcome::PendingPayment,
        "verification" => OrderOutcome::VerificationRequired,
        "unavailable" => OrderOutcome::ProductNotAvailable,
        "error" => OrderOutcome::Fails("The order could not be delivered".to_owned()),
        _ => return Err(format!("no outcome {word}")),
    })
}

fn fault(word: &str) -> Result<Fault, String> {
    if let Some(seconds) = word.strip_prefix("429:") {
        let retry_after = Some(number(seconds)?);
        return Ok(Fault::TooManyRequests { retry_after });
    }
    if let Some(seconds) = word.strip_prefix("slow:") {
        return Ok(Fault::Slow(Duration::from_secs(number(seconds)?)));
    }
    Ok(match word {
        "token" => Fault::TokenExpired,
        "429" => Fault::TooManyRequests { retry_after: None },
        "500" => Fault::ErrorBefore,
        "500-after" => Fault::ErrorAfter,
        "drop" => Fault::DropBefore,
        "drop-after" => Fault::DropAfter,
        "cut" => Fault::CutInside,
        "hang" => Fault::HangBefore,
        "hang-after" => Fault::HangAfter,
        "gateway" => Fault::Gateway,
        "html" => Fault::Html,
        "empty" => Fault::Empty(502),
        "empty-after" => Fault::EmptyAfter,
        "vanished" => Fault::Vanished,
        "unknown" => Fault::UnknownValues,
        "nulls" => Fault::Nulls,
        "times" => Fault::OtherTimes,
        "pages-endless" => Fault::Pages(StrangePages::Endless),
        "pages-none" => Fault::Pages(StrangePages::None),
        "pages-many" => Fault::Pages(StrangePages::TooMany),
        "pages-absent" => Fault::Pages(StrangePages::Absent),
        "pages-shifted" => Fault::Pages(StrangePages::Shifted),
        _ => return Err(format!("no fault {word}")),
    })
}

fn rule(operation: &str, word: &str, rest: &[&str]) -> Result<Rule, String> {
    let fault = fault(word)?;
    let mut rule = match operation {
        "any" => Rule::always(fault),
        operation => Rule::at(operation, fault),
    };
    let mut rest = rest;
    loop {
        (rule, rest) = match rest {
            [] => return Ok(rule),
            ["once", rest @ ..] => (rule.once(), rest),
            ["after", requests, rest @ ..] => (rule.after(number(requests)?), rest),
            ["times", times, rest @ ..] => (rule.times(number(times)?), rest),
            _ => return Err(format!("not understood: {}", rest.join(" "))),
        };
    }
}
