//! Switches as words, for the binary's control lines and for journeys in other languages.
//!
//! | words | effect |
//! | --- | --- |
//! | `login refuse\|allow` | refuses every login |
//! | `listen refuse\|flood\|allow` | refuses `/interface/listen`, or never stops telling |
//! | `password WORD` | another password |
//! | `max-sessions N\|off` | closes connections beyond `N` |
//! | `hang on\|off` | accepts and never answers |
//! | `reachable on\|off` | opens or closes the ports |
//! | `hang-up` | ends every connection |
//! | `drip 5ms\|off` | writes octet by octet |
//! | `reboot` | uptime and counters from zero, connections end |
//! | `certificate` | a new certificate |
//! | `skew SECONDS` | the router's clock is wrong |
//! | `counters 32\|64\|TEXT` | narrow, true, or a lie such as `2.5Mbps` |
//! | `reset-counters [IFACE]` | counters from zero, without a reboot |
//! | `flap IFACE 20s` | a drop that is already over |
//! | `down\|up\|disable\|enable\|remove IFACE` | what they say |
//! | `rename IFACE NAME`, `comment IFACE TEXT` | what they say |
//! | `ping ADDRESS 9ms\|silent\|late\|duplicate\|unreachable` | how it answers |
//! | `fail COMMAND hang\|eof\|cut\|fatal\|trap\|huge\|garbage [after N] [once]` | a fault in its answer |
//! | `clear` | takes back every switch that lasts |
//! | `served COMMAND` | says how often a command such as `/ping` was answered |
//! | `next COMMAND` | waits until it is answered once more |
//! | `stamps IFACE` | says when it last went down and came up: `MS MS` since 1970, `-` for never |

use std::time::Duration;

use super::{Behaviour, Fault, Router, Rule, format};
use crate::traffic::Latency;

/// Obeys one control line and gives what it asked for, mostly nothing. The error is a sentence for whoever wrote the
/// line.
pub async fn apply(router: &Router, line: &str) -> Result<String, String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        ["login", word @ ("refuse" | "allow")] => router.refuse_login(*word == "refuse"),
        ["listen", word @ ("refuse" | "flood" | "allow")] => {
            router.refuse_listen(*word == "refuse");
            router.flood_listeners(*word == "flood");
        }
        ["password", password] => router.set_password(password),
        ["max-sessions", "off"] => router.limit_sessions(None),
        ["max-sessions", limit] => router.limit_sessions(Some(number(limit)?)),
        ["hang", word] => router.hang(switch(word)?),
        ["reachable", word] => router.set_reachable(switch(word)?).await,
        ["hang-up"] => router.hang_up(),
        ["drip", "off"] => router.drip(None),
        ["drip", pause] => router.drip(Some(duration(pause)?)),
        ["reboot"] => router.reboot(),
        ["certificate"] => router.renew_certificate().map_err(|e| e.to_string())?,
        ["skew", seconds] => router.skew_clock(number::<i64>(seconds)? * 1_000),
        ["counters", "32"] => router.counters_32_bit(true),
        ["counters", "64"] => {
            router.counters_32_bit(false);
            router.lie_about_counters(None);
        }
        ["counters", text] => router.lie_about_counters(Some(text)),
        ["reset-counters", name @ ..] if name.len() < 2 => {
            text(router.reset_counters(name.first().copied()))?;
        }
        ["flap", name, length] => text(router.flap(name, duration(length)?))?,
        ["down", name] => text(router.set_running(name, false))?,
        ["up", name] => text(router.set_running(name, true))?,
        ["disable", name] => text(router.set_disabled(name, true))?,
        ["enable", name] => text(router.set_disabled(name, false))?,
        ["remove", name] => text(router.remove(name))?,
        ["rename", name, new] => text(router.rename(name, new))?,
        ["comment", name, comment @ ..] => {
            text(router.set_comment(name, comment.join(" ").as_bytes()))?;
        }
        ["ping", address, word] => router.set_ping(address, behaviour(word)?),
        ["fail", command, fault_word, rest @ ..] => router.inject(rule(command, fault_word, rest)?),
        ["clear"] => router.clear(),
        ["served", command] => return Ok(router.commands_served(command).to_string()),
        ["next", command] => router.next(command).await,
        ["stamps", name] => {
            let stamp = |at: Option<i64>| at.map_or("-".to_owned(), |ms| ms.to_string());
            let stamps = router.stamps(name).map_err(|error| error.to_string())?;
            return Ok(stamps.map(stamp).join(" "));
        }
        _ => return Err(format!("not understood: {line}")),
    }
    Ok(String::new())
}

fn text<E: ToString>(result: Result<(), E>) -> Result<(), String> {
    result.map_err(|error| error.to_string())
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

fn duration(word: &str) -> Result<Duration, String> {
    let us = format::parse_duration(word).ok_or(format!("not a duration: {word}"))?;
    Ok(Duration::from_micros(us))
}

fn behaviour(word: &str) -> Result<Behaviour, String> {
    Ok(match word {
        "silent" => Behaviour::Silent,
        "late" => Behaviour::Late,
        "duplicate" => Behaviour::Duplicates {
            latency: Latency::constant(1_200),
            copies: 2,
        },
        "unreachable" => Behaviour::Unreachable {
            status: "host unreachable".to_owned(),
            from: "10.255.255.1".to_owned(),
        },
        rtt => {
            let us = duration(rtt)?.as_micros();
            Behaviour::Answers(Latency::constant(us.try_into().unwrap_or(u32::MAX)))
        }
    })
}

fn rule(command: &str, fault: &str, rest: &[&str]) -> Result<Rule, String> {
    let fault = match fault {
        "hang" => Fault::Hang,
        "eof" => Fault::Eof,
        "cut" => Fault::Cut,
        "fatal" => Fault::Fatal("out of memory".to_owned()),
        "trap" => Fault::Trap {
            category: Some(4),
            message: "failure: timeout".to_owned(),
        },
        "huge" => Fault::HugePrefix,
        "garbage" => Fault::Garbage,
        _ => return Err(format!("no fault {fault}")),
    };
    let rule = Rule::at(command, fault);
    match rest {
        [] => Ok(rule),
        ["once"] => Ok(rule.once()),
        ["after", rows] => Ok(rule.after_rows(number(rows)?)),
        ["after", rows, "once"] => Ok(rule.after_rows(number(rows)?).once()),
        _ => Err(format!("not understood: {}", rest.join(" "))),
    }
}
