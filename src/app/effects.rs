//! What one widget is and acts with. How it acts is in [`super::carry_out`].

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use booking::form::Draft;
use booking::journey::event::Event;
use booking::journey::state::State;
use booking::request::RequestId;
use booking::settings::{Resume, Route};
use dexcare::Host;
use dexcare::exchange::Closed;
use leptos::prelude::*;
use net::Abort;
use wasm_bindgen::JsValue;
use web_sys::HtmlElement;

use super::Signals;
use super::carry_out::run;
use crate::host::bridge::Bridge;
use crate::host::config::Config;
use crate::host::diagnosis::{Diagnosis, ReportLog};
use crate::host::events::Voice;
use crate::host::resume;
use crate::host::token::{Asked, Token};
use crate::platform::clock::Timer;

/// What one widget is and acts with: where the patient has got to, and all that goes on for it. It belongs to the page
/// rather than to the element, which may leave and come back, or be replaced by another. Cheap to clone; all clones are
/// one.
#[derive(Clone)]
pub struct Effects(pub(super) Rc<Inner>);

pub(super) struct Inner {
    pub(super) bridge: RefCell<Bridge>,
    /// Where the element shows it.
    pub(super) root: RefCell<Option<HtmlElement>>,
    pub(super) signals: Signals,
    pub(super) config: RefCell<Option<Config>>,
    /// The configuration of each environment that the page has named so far, the current one last: what an errand asks
    /// for goes to the one its time came from.
    pub(super) systems: RefCell<Vec<Option<Config>>>,
    /// The `resume` attribute as it was read last: parsed once, so that it does not grow old on the page.
    pub(super) resume: RefCell<Option<(String, Option<Resume>)>>,
    pub(super) token: Token,
    /// What `getToken` gave on a press, until the errand asks for it.
    pub(super) pressed: RefCell<Option<Result<JsValue, JsValue>>>,
    /// The page has answered `findatime-signin` before: it signs patients in also without a `getToken`.
    pub(super) answers: Cell<bool>,
    /// What the page answered to the `findatime-signin` of a press, until the errand invites it.
    pub(super) invitation: RefCell<Option<JsValue>>,
    /// What is to happen once the errand's part is there.
    pub(super) held: RefCell<Option<Event>>,
    /// The card field's token, between its answer and the booking.
    pub(super) card: RefCell<Option<String>>,
    pub(super) timers: RefCell<Vec<(RequestId, Timer)>>,
    pub(super) running: RefCell<Vec<(RequestId, Abort)>>,
    pub(super) told: RefCell<&'static str>,
    /// The attributes changed while a booking was on its way.
    pub(super) outdated: Cell<bool>,
    /// No element shows this now.
    pub(super) parked: Cell<bool>,
    /// No element will show this any more.
    pub(super) ended: Cell<bool>,
    /// What was reported of the attributes.
    pub(super) report_log: ReportLog,
    /// Hosts that were told of as closed, since the attributes changed last.
    pub(super) closed: RefCell<Vec<Closed>>,
}

impl Effects {
    /// For an element that shows nothing yet.
    pub fn new(bridge: Bridge) -> Self {
        Self(Rc::new(Inner {
            bridge: RefCell::new(bridge),
            root: RefCell::default(),
            signals: Signals::default(),
            config: RefCell::default(),
            systems: RefCell::default(),
            resume: RefCell::default(),
            token: Token::default(),
            pressed: RefCell::default(),
            answers: Cell::default(),
            invitation: RefCell::default(),
            held: RefCell::default(),
            card: RefCell::default(),
            timers: RefCell::default(),
            running: RefCell::default(),
            told: RefCell::new("loading"),
            outdated: Cell::default(),
            parked: Cell::default(),
            ended: Cell::default(),
            report_log: ReportLog::default(),
            closed: RefCell::default(),
        }))
    }

    /// The element's side.
    pub fn bridge(&self) -> Bridge {
        self.0.bridge.borrow().clone()
    }

    /// What the screen is drawn from.
    pub fn signals(&self) -> &Signals {
        &self.0.signals
    }

    /// What was reported of the attributes.
    pub fn report_log(&self) -> &ReportLog {
        &self.0.report_log
    }

    /// The configuration in force.
    pub fn config(&self) -> Option<Config> {
        self.0.config.borrow().clone()
    }

    /// A new configuration, of another environment or of the same.
    pub fn configure(&self, config: Option<Config>, is_other_system: bool) {
        self.0.closed.take();
        let mut systems = self.0.systems.borrow_mut();
        if !is_other_system {
            systems.pop();
        }
        systems.push(config.clone());
        self.0.config.replace(config);
    }

    /// Whether there was a configuration before.
    pub fn is_configured(&self) -> bool {
        !self.0.systems.borrow().is_empty()
    }

    /// What an errand goes out with: where its time came from, under the page's use case of now.
    pub(super) fn config_of_errand(&self) -> Option<Config> {
        let system = self.0.signals.state.with_untracked(|state| state.errand.system);
        let place = usize::try_from(system).ok()?.checked_sub(1);
        let mut config = self.0.systems.borrow().get(place?)?.clone()?;
        if let Some(now) = &*self.0.config.borrow() {
            config.tier.product.clone_from(&now.tier.product);
        }
        Some(config)
    }

    /// What the `resume` attribute brings back, read at `now`.
    pub fn resume(&self, text: Option<String>, now: i64) -> Option<Resume> {
        let text = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())?;
        let mut known = self.0.resume.borrow_mut();
        match &*known {
            Some((read, resume)) if *read == text => resume.clone(),
            _ => {
                let resume = Some(resume::read(&text, now));
                known.replace((text, resume.clone()));
                resume
            }
        }
    }

    /// What `getToken` gives: on the press that began this, or now. A page without one is not asked again as long as the
    /// token that it gave is in use; after that `findatime-signin` asks.
    pub(super) fn ask_token(&self) -> Asked {
        if self.bridge().has_token() {
            let given = self.0.pressed.take().unwrap_or_else(|| self.bridge().token());
            return self.0.token.heard(given);
        }
        if self.0.signals.state.with_untracked(|state| state.errand.person.session.is_none()) {
            self.0.token.forget();
        }
        Asked::Now(self.0.token.at_hand())
    }

    /// Whether changes of the attributes have to wait: a booking is on its way, or the patient has pressed what needs the
    /// errand's part.
    pub fn is_engaged(&self) -> bool {
        self.is_sending() || !matches!(&*self.0.held.borrow(), None | Some(Event::Resume))
    }

    /// Configures what waited to be.
    pub(super) fn catch_up(&self) {
        if !self.is_engaged() && self.0.outdated.replace(false) {
            super::root::configure(self, false);
        }
    }

    /// To be configured again once the booking under way has ended.
    pub fn outdate(&self) {
        self.0.outdated.set(true);
    }

    /// Whether something outlives the element.
    pub fn is_to_keep(&self) -> bool {
        self.0.signals.state.with_untracked(State::is_to_keep)
    }

    /// The element leaves the page: nothing goes on, nothing is remembered.
    pub fn end(&self) {
        self.0.ended.set(true);
        self.stop();
    }

    pub(super) fn stop(&self) {
        for (_, abort) in self.0.running.take() {
            abort.abort();
        }
        self.0.timers.take();
        self.0.card.take();
        self.0.held.take();
        self.0.pressed.take();
        self.0.invitation.take();
    }

    /// The element leaves the page, and something of the patient's is to be kept: no more of it than that.
    pub fn park(&self) {
        self.0.parked.set(true);
        self.rest();
    }

    /// While a booking or a cancel is on its way everything goes on.
    pub(super) fn rest(&self) {
        if self.0.signals.state.with_untracked(|state| state.errand.is_busy()) {
            return;
        }
        run(self, Event::Removed);
        self.0.signals.draft.set(Draft::default());
        self.0.token.forget();
        self.stop();
    }

    /// An element shows this from now on.
    pub fn belong_to(&self, bridge: &Bridge, root: &HtmlElement) {
        self.0.root.replace(Some(root.clone()));
        let before = self.0.bridge.replace(bridge.clone());
        if !before.is_same(bridge) {
            // The one before shows nothing any more, and keeps nobody from leaving the page.
            before.state("loading");
            // Whoever listened to that one may not listen to this.
            self.0.answers.set(false);
            // Nor did this one's page hear of its attributes.
            self.0.report_log.news(Vec::new());
        }
        self.0.told.replace("loading");
        if self.0.parked.replace(false) {
            run(self, Event::PutBack);
        }
    }

    /// Whether the focus is inside the element.
    pub fn has_focus(&self) -> bool {
        let root = self.0.root.borrow();
        let shadow = root.as_ref().map(|root| root.get_root_node());
        shadow.is_some_and(|shadow| {
            js_sys::Reflect::get(&shadow, &"activeElement".into()).is_ok_and(|active| active.is_truthy())
        })
    }

    /// How many outcomes there are in brief.
    pub fn outcomes_in_brief(&self) -> usize {
        self.0.signals.state.with_untracked(|state| state.outcomes.len())
    }

    /// Says which state the element is in, where that is not what it knows.
    pub fn tell_state(&self) {
        let name = self.0.signals.state.with_untracked(State::name);
        if self.0.told.replace(name) != name {
            self.bridge().state(name);
        }
    }

    /// Whether an answer to this request still changes anything.
    pub(super) fn awaits(&self, id: RequestId) -> bool {
        !self.0.ended.get() && self.0.signals.state.with_untracked(|state| state.awaits(id))
    }

    /// Whether a booking is on its way.
    pub fn is_sending(&self) -> bool {
        self.0.signals.state.with_untracked(|state| state.errand.stage.is_sending())
    }

    pub(super) fn full_details(&self) -> bool {
        self.0.config.borrow().as_ref().is_some_and(|config| config.full_details)
    }

    /// Speaks to the host page.
    pub fn voice(&self) -> Voice {
        Voice { bridge: self.bridge(), full: self.full_details() }
    }

    /// Tells the page's owner, once, of a host that lets no answer through: what the patient reads of it says nothing of why.
    pub(super) fn tell_closed(&self, closed: Option<Closed>) {
        let (Some(closed), Some(Config { tier, .. })) = (closed, self.config()) else { return };
        let told = &self.0.closed;
        if told.borrow().contains(&closed) {
            return;
        }
        told.borrow_mut().push(closed);
        let (attribute, address) = match closed.host {
            Host::Api => ("api", Some(tier.api)),
            Host::Visit => ("visits", tier.visits),
        };
        // Without an address there was nothing to ask: the attributes' own diagnoses say so.
        if let Some(address) = address {
            self.voice().diagnose(&Diagnosis::closed(attribute, &address, closed.status));
        }
    }

    /// Whether a chosen time is booked here: the page has somebody who can give a token.
    pub fn is_inline(&self) -> bool {
        self.route() == Route::Inline
    }

    pub(super) fn route(&self) -> Route {
        self.0.config.borrow().as_ref().map_or(Route::Event, |config| config.route(self.signs_in()))
    }

    /// Whether the page is known to sign patients in.
    fn signs_in(&self) -> bool {
        self.bridge().has_token() || self.0.answers.get()
    }

    /// Whether only the page's answer to `findatime-signin` can say where a chosen time is booked.
    pub(super) fn is_undecided(&self) -> bool {
        self.0.config.borrow().as_ref().is_some_and(|config| config.is_undecided(self.signs_in()))
    }
}
