//! Power and access: start, stop, shutdown, restart, rescue, reset of the password. Each is answered at once and takes
//! its time.

use serde_json::json;

use super::call::{Call, Outcome, Refusal};
use super::form::Form;
use super::spec::ms;

const AUDITS: &str = "/v1/compute/instances/actions/audits";

pub(crate) fn start(call: &mut Call<'_>) -> Outcome {
    // What runs already, goes on running.
    act(call, "start", |call, id, status| {
        if status == "stopped" {
            let done = call.now + ms(call.behaviour.start);
            call.account.instances.change(id, None, done, "running");
        }
    })
}

pub(crate) fn stop(call: &mut Call<'_>) -> Outcome {
    act(call, "stop", |call, id, status| {
        if status != "stopped" {
            let done = call.now + ms(call.behaviour.stop);
            call.account.instances.change(id, None, done, "stopped");
        }
    })
}

pub(crate) fn shutdown(call: &mut Call<'_>) -> Outcome {
    act(call, "shutdown", |call, id, status| {
        if status != "stopped" {
            let done = call.now + ms(call.behaviour.shutdown);
            call.account.instances.change(id, None, done, "stopped");
        }
    })
}

pub(crate) fn restart(call: &mut Call<'_>) -> Outcome {
    act(call, "restart", |call, id, _| {
        let done = call.now + ms(call.behaviour.restart);
        call.account.instances.change(id, None, done, "running");
        for network in call.account.networks.values_mut() {
            network.was_restarted(id);
        }
    })
}

pub(crate) fn rescue(call: &mut Call<'_>) -> Outcome {
    access(call)?;
    act(call, "rescue", |call, id, _| {
        let done = call.now + ms(call.behaviour.rescue);
        call.account.instances.change(id, None, done, "rescue");
    })
}

pub(crate) fn reset_password(call: &mut Call<'_>) -> Outcome {
    let (password, keys) = access(call)?;
    if call.instance()?.os_type == "Windows" {
        return Err(Refusal::bad("Password of Windows instances can not be reset"));
    }
    act(call, "resetPassword", move |call, id, _| {
        let done = call.now + ms(call.behaviour.reset_password);
        call.account
            .instances
            .change(id, Some("reset_password"), done, "running");
        if let Some(instance) = call.account.instances.get_mut(id) {
            instance.root_password = password.or(instance.root_password);
            if !keys.is_empty() {
                instance.ssh_keys = keys;
            }
        }
    })
}

/// The secrets that a body names.
fn access(call: &Call<'_>) -> Result<(Option<i64>, Vec<i64>), Refusal> {
    let mut form = Form::of(&call.body);
    let password = form.integer("rootPassword");
    let keys = form.integers("sshKeys").unwrap_or_default();
    form.text("userData", 0, 65_536);
    form.finish()?;
    call.instance()?;
    call.check_secrets(password, &keys)?;
    Ok((password, keys))
}

fn act(call: &mut Call<'_>, action: &'static str, begin: impl FnOnce(&mut Call<'_>, i64, &str)) -> Outcome {
    let (id, status) = {
        let instance = call.instance()?;
        (instance.id, instance.status.clone())
    };
    if !["running", "stopped", "rescue", "error", "unknown", "other"].contains(&status.as_str()) {
        let message = format!("Action {action} is not possible while the instance is {status}");
        return Err(Refusal::new(422, &message));
    }
    begin(call, id, &status);
    call.note(
        AUDITS,
        "CREATED",
        vec![("instanceId", json!(id))],
        json!({ "new": { "action": action } }),
    );
    let fields = json!({ "instanceId": id, "action": action });
    Ok(call.answer(201, vec![call.entry(fields)]))
}
