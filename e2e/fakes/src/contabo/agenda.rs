//! Instances as state machines on the clock: what each is now follows from what was asked of it and how much time has
//! passed since. Nothing here waits.

use std::collections::BTreeMap;

use super::instance::Instance;
use super::spec::{Behaviour, OrderOutcome, ms};

/// What happens to an instance at a time.
#[derive(Clone, Debug)]
enum Step {
    Appear,
    /// The disk is being written; the addresses are known from here on.
    Install,
    Become(&'static str),
    Fail(String),
    Vanish,
}

#[derive(Clone, Debug)]
struct Event {
    instance: i64,
    /// `None` happens whatever is asked meanwhile.
    generation: Option<u32>,
    step: Step,
}

/// All instances of an account, ordered by id, so that a page is a slice.
#[derive(Default)]
pub(crate) struct Instances {
    listed: Vec<Instance>,
    /// Ordered, but not to be found yet.
    hidden: Vec<Instance>,
    agenda: BTreeMap<(i64, u64), Event>,
    planned: u64,
}

impl Instances {
    pub(crate) fn listed(&self) -> &[Instance] {
        &self.listed
    }

    /// Those that can't be found yet, too.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Instance> {
        self.listed.iter().chain(&self.hidden)
    }

    pub(crate) fn get(&self, id: i64) -> Option<&Instance> {
        let place = self.place(id)?;
        self.listed.get(place)
    }

    pub(crate) fn get_mut(&mut self, id: i64) -> Option<&mut Instance> {
        let place = self.place(id)?;
        self.listed.get_mut(place)
    }

    fn place(&self, id: i64) -> Option<usize> {
        self.listed.binary_search_by_key(&id, |instance| instance.id).ok()
    }

    fn plan(&mut self, at: i64, instance: i64, generation: Option<u32>, step: Step) {
        self.planned += 1;
        let event = Event {
            instance,
            generation,
            step,
        };
        self.agenda.insert((at, self.planned), event);
    }

    /// Puts an instance there that is finished.
    pub(crate) fn put(&mut self, instance: Instance) {
        match self.listed.binary_search_by_key(&instance.id, |known| known.id) {
            Ok(place) => self.listed[place] = instance,
            Err(place) => self.listed.insert(place, instance),
        }
    }

    /// Takes one away at once.
    pub(crate) fn remove(&mut self, id: i64) -> Option<Instance> {
        let place = self.place(id)?;
        Some(self.listed.remove(place))
    }

    /// Takes an order.
    pub(crate) fn order(&mut self, mut instance: Instance, outcome: &OrderOutcome, now: i64, behaviour: &Behaviour) {
        let id = instance.id;
        instance.status = outcome.status().to_owned();
        if behaviour.hidden.is_zero() {
            self.put(instance);
        } else {
            self.hidden.push(instance);
            self.plan(now + ms(behaviour.hidden), id, None, Step::Appear);
        }
        match outcome {
            OrderOutcome::Delivered => self.deliver(id, 0, now, behaviour),
            OrderOutcome::Fails(message) => {
                let at = now + ms(behaviour.provision);
                self.plan(at, id, Some(0), Step::Fail(message.clone()));
            }
            _ => {}
        }
    }

    fn deliver(&mut self, id: i64, generation: u32, now: i64, behaviour: &Behaviour) {
        let provisioned = now + ms(behaviour.provision);
        self.plan(provisioned, id, Some(generation), Step::Install);
        let installed = provisioned + ms(behaviour.install);
        self.plan(installed, id, Some(generation), Step::Become("running"));
    }

    /// Goes on with one that waited for a person.
    pub(crate) fn release(&mut self, id: i64, now: i64, behaviour: &Behaviour) -> bool {
        let Some(generation) = self.begin(id, Some("provisioning")) else {
            return false;
        };
        self.deliver(id, generation, now, behaviour);
        true
    }

    /// Whatever was under way no longer happens. Gives the number under which new things may be planned.
    fn begin(&mut self, id: i64, status: Option<&str>) -> Option<u32> {
        let instance = self.get_mut(id)?;
        instance.generation += 1;
        if let Some(status) = status {
            status.clone_into(&mut instance.status);
        }
        Some(instance.generation)
    }

    /// Changes the state after a while, and shows `meanwhile` until then.
    pub(crate) fn change(&mut self, id: i64, meanwhile: Option<&str>, at: i64, then: &'static str) {
        if let Some(generation) = self.begin(id, meanwhile) {
            self.plan(at, id, Some(generation), Step::Become(then));
        }
    }

    /// Changes the state now.
    pub(crate) fn set(&mut self, id: i64, status: &str) -> bool {
        self.begin(id, Some(status)).is_some()
    }

    /// Ends the contract at a time.
    pub(crate) fn cancel(&mut self, id: i64, end: i64) {
        if let Some(instance) = self.get_mut(id) {
            instance.cancelled = Some(end);
            self.plan(end, id, None, Step::Vanish);
        }
    }

    /// Does what is due, in order, and gives those that ended.
    pub(crate) fn settle(&mut self, now: i64) -> Vec<Instance> {
        let mut gone = Vec::new();
        while let Some(first) = self.agenda.first_entry() {
            if first.key().0 > now {
                break;
            }
            let event = first.remove();
            let hidden = self.hidden.iter().position(|instance| instance.id == event.instance);
            if let (Step::Appear, Some(place)) = (&event.step, hidden) {
                let instance = self.hidden.swap_remove(place);
                self.put(instance);
                continue;
            }
            let instance = match hidden {
                Some(place) => self.hidden.get_mut(place),
                None => self.get_mut(event.instance),
            };
            let Some(instance) = instance else { continue };
            if event.generation.is_some_and(|asked| asked != instance.generation) {
                continue;
            }
            match event.step {
                Step::Appear => {}
                Step::Install => {
                    "installing".clone_into(&mut instance.status);
                    instance.addressed = true;
                }
                Step::Become(status) => status.clone_into(&mut instance.status),
                Step::Fail(message) => {
                    "error".clone_into(&mut instance.status);
                    instance.error = Some(message);
                }
                // Somebody may have revoked the cancellation meanwhile.
                Step::Vanish if instance.cancelled.is_some_and(|end| end <= now) => {
                    gone.extend(self.remove(event.instance));
                }
                Step::Vanish => {}
            }
        }
        gone
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::account::Account;
    use super::super::products::{PRODUCTS, REGIONS};
    use super::super::spec::AccountSpec;
    use super::*;

    fn account() -> (Account, i64) {
        let mut account = Account::new(AccountSpec::default(), 0);
        let instance = Instance::new(&mut account, &PRODUCTS[0], &REGIONS[0], 0);
        let id = instance.id;
        let outcome = OrderOutcome::Delivered;
        account.instances.order(instance, &outcome, 0, &Behaviour::default());
        (account, id)
    }

    proptest! {
        /// However time is cut into pieces, what becomes of an instance is the same.
        #[test]
        fn the_state_follows_from_the_time_alone(steps in prop::collection::vec(1_i64..40_000, 1..40)) {
            let (mut often, id) = account();
            let mut now = 0;
            for step in steps {
                now += step;
                often.settle(now);
            }
            let (mut once, _) = account();
            once.settle(now);
            let state = |account: &Account| account.instances.get(id).map(|one| (one.status.clone(), one.addressed));
            prop_assert_eq!(state(&often), state(&once));
        }

        /// What was asked last wins, and once it had its time nothing changes any more.
        #[test]
        fn everything_settles(asked in prop::collection::vec((0_usize..3, 0_i64..20_000), 1..20)) {
            let states = ["running", "stopped", "rescue"];
            let (mut account, id) = account();
            let mut now = 200_000;
            account.settle(now);
            let mut last = "running";
            for (state, wait) in asked {
                last = states[state];
                account.instances.change(id, None, now + 10_000, last);
                now += wait;
                account.settle(now);
            }
            account.settle(now + 10_000);
            let status = |account: &Account| account.instances.get(id).map(|one| one.status.clone());
            prop_assert_eq!(status(&account), Some(last.to_owned()));
            account.settle(now + 1_000_000_000);
            prop_assert_eq!(status(&account), Some(last.to_owned()));
        }
    }
}
