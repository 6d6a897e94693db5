//! The state of one widget, with the token, timers and requests that it needs to carry out commands.
//! [`super::carry_out`] carries them out.

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
use crate::host::events::PageEvents;
use crate::host::resume;
use crate::host::token::{Token, TokenReply};
use crate::platform::clock::Timer;

/// The state of one widget, with its token, timers and running requests. It belongs to the page rather than to the element,
/// which may leave and come back, or be replaced by another. Cheap to clone; all clones share one value.
#[derive(Clone)]
pub struct Effects(pub(super) Rc<Inner>);

pub(super) struct Inner {
    pub(super) bridge: RefCell<Bridge>,
    /// The node in which the element shows the widget.
    pub(super) root: RefCell<Option<HtmlElement>>,
    pub(super) signals: Signals,
    pub(super) config: RefCell<Option<Config>>,
    /// The configuration of each environment that the page has named so far, the current one last; `None` where the
    /// attributes gave no usable one. An errand sends its requests to the environment that its time came from.
    pub(super) systems: RefCell<Vec<Option<Config>>>,
    /// The text of `resume` that was read last, with the choice that it restores; `None` once the patient has given the
    /// choice up. The text is parsed only once, so that it does not expire while the page is open.
    pub(super) resume: RefCell<Option<(String, Option<Resume>)>>,
    pub(super) token: Token,
    /// What `getToken` returned, or threw, on a press; kept until the errand asks for a token.
    pub(super) pressed: RefCell<Option<Result<JsValue, JsValue>>>,
    /// Whether the token in use came from `getToken`.
    pub(super) has_called_get_token: Cell<bool>,
    /// Whether the page has responded to a `findatime-signin` before. Such a page signs patients in even without a
    /// `getToken`.
    pub(super) answers: Cell<bool>,
    /// The page's response to the `findatime-signin` that fired on a press, until the errand asks for the sign-in.
    pub(super) invitation: RefCell<Option<JsValue>>,
    /// The event to pass to the journey once the errand's part is loaded.
    pub(super) held: RefCell<Option<Event>>,
    /// The token that the card field has returned, until the booking is sent.
    pub(super) card: RefCell<Option<String>>,
    pub(super) timers: RefCell<Vec<(RequestId, Timer)>>,
    pub(super) running: RefCell<Vec<(RequestId, Abort)>>,
    pub(super) reported_state: RefCell<&'static str>,
    /// Whether the attributes have changed while changes had to wait ([`Effects::is_engaged`]).
    pub(super) outdated: Cell<bool>,
    /// Whether the widget is parked: no element shows it now.
    pub(super) parked: Cell<bool>,
    /// Whether the widget has ended: no element will show it again.
    pub(super) ended: Cell<bool>,
    /// The diagnoses that the last read of the attributes found; they are not reported again.
    pub(super) report_log: ReportLog,
    /// The hosts whose answers do not reach this page, as reported since the attributes were last read.
    pub(super) closed: RefCell<Vec<Closed>>,
}

impl Effects {
    /// The state of a new widget, which shows nothing yet.
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
            has_called_get_token: Cell::default(),
            answers: Cell::default(),
            invitation: RefCell::default(),
            held: RefCell::default(),
            card: RefCell::default(),
            timers: RefCell::default(),
            running: RefCell::default(),
            reported_state: RefCell::new("loading"),
            outdated: Cell::default(),
            parked: Cell::default(),
            ended: Cell::default(),
            report_log: ReportLog::default(),
            closed: RefCell::default(),
        }))
    }

    /// The functions of the element's script.
    pub fn bridge(&self) -> Bridge {
        self.0.bridge.borrow().clone()
    }

    /// The signals that the screen is drawn from.
    pub fn signals(&self) -> &Signals {
        &self.0.signals
    }

    /// The diagnoses that the last read of the attributes found.
    pub fn report_log(&self) -> &ReportLog {
        &self.0.report_log
    }

    /// The current configuration; `None` if the attributes give no usable one.
    pub fn config(&self) -> Option<Config> {
        self.0.config.borrow().clone()
    }

    /// Sets a new configuration, of another environment (`is_other_system`) or of the same one.
    pub fn configure(&self, config: Option<Config>, is_other_system: bool) {
        self.0.closed.take();
        let mut systems = self.0.systems.borrow_mut();
        if !is_other_system {
            systems.pop();
        }
        systems.push(config.clone());
        self.0.config.replace(config);
    }

    /// Whether the widget has been configured before, even without a usable configuration.
    pub fn is_configured(&self) -> bool {
        !self.0.systems.borrow().is_empty()
    }

    /// The configuration for an errand's requests: that of the environment that the errand's time or line came from,
    /// with the page's current `product`. `None` if the attributes gave no usable one for that environment.
    pub(super) fn config_of_errand(&self) -> Option<Config> {
        let system = self.0.signals.state.with_untracked(|state| state.errand.system);
        let place = usize::try_from(system).ok()?.checked_sub(1);
        let mut config = self.0.systems.borrow().get(place?)?.clone()?;
        if let Some(now) = &*self.0.config.borrow() {
            config.tier.product.clone_from(&now.tier.product);
        }
        Some(config)
    }

    /// Parses the value of the `resume` attribute, which expires (`now` is in seconds since 1970). While the value
    /// stays the same, so does the result, even if the value has expired since the first call.
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

    /// Gets a token. Uses what `getToken` returned on the press that began the errand, or else calls `getToken`
    /// now. Without a `getToken`, the token with which the page responded to `findatime-signin` is used again while
    /// the errand has a session; otherwise there is no token, and the errand asks for `findatime-signin` to be fired. A
    /// page that takes its `getToken` away has signed the patient out.
    pub(super) fn ask_token(&self) -> TokenReply {
        if self.bridge().has_token() {
            self.0.has_called_get_token.set(true);
            let given = self.0.pressed.take().unwrap_or_else(|| self.bridge().token());
            return self.0.token.read_reply(given);
        }
        let is_signed_out =
            self.0.signals.state.with_untracked(|state| state.errand.person.session.is_none());
        if self.0.has_called_get_token.replace(false) || is_signed_out {
            self.0.token.forget();
        }
        TokenReply::Now(self.0.token.at_hand())
    }

    /// Whether changes of the attributes have to wait: a booking is being sent, or the patient's press waits for the errand's
    /// part.
    pub fn is_engaged(&self) -> bool {
        self.is_sending() || !matches!(&*self.0.held.borrow(), None | Some(Event::Resume))
    }

    /// Applies a change of the attributes that had to wait.
    pub(super) fn catch_up(&self) {
        if !self.is_engaged() && self.0.outdated.replace(false) {
            super::root::configure(self, false);
        }
    }

    /// Remembers that the attributes changed; `catch_up` applies the change.
    pub fn outdate(&self) {
        self.0.outdated.set(true);
    }

    /// Whether the widget has to be kept after its element has left the page: a booking or a cancel is being sent, or
    /// there is an outcome.
    pub fn is_to_keep(&self) -> bool {
        self.0.signals.state.with_untracked(State::is_to_keep)
    }

    /// Ends the widget when its element leaves the page: requests and timers stop, and nothing is kept.
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

    /// Parks the widget when its element leaves the page and the widget has to be kept ([`Effects::is_to_keep`]). What
    /// need not be kept is dropped, once no booking or cancel is being sent.
    pub fn park(&self) {
        self.0.parked.set(true);
        self.rest();
    }

    /// Drops what need not be kept of a parked widget; does nothing while a booking or a cancel is being sent.
    pub(super) fn rest(&self) {
        if self.0.signals.state.with_untracked(|state| state.errand.is_busy()) {
            return;
        }
        run(self, Event::Removed);
        self.0.signals.draft.set(Draft::default());
        self.0.token.forget();
        self.stop();
    }

    /// Connects the widget to the element that shows it from now on.
    pub fn belong_to(&self, bridge: &Bridge, root: &HtmlElement) {
        self.0.root.replace(Some(root.clone()));
        let before = self.0.bridge.replace(bridge.clone());
        if !before.is_same(bridge) {
            // The earlier element shows nothing any more. In the state `loading` it no longer warns a patient who
            // leaves the page.
            before.state("loading");
            // The page may listen to `findatime-signin` on the earlier element alone.
            self.0.answers.set(false);
            // Nothing has been reported yet about this element's attributes.
            self.0.report_log.news(Vec::new());
        }
        self.0.reported_state.replace("loading");
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

    /// Passes the name of the state to the element, if it has changed.
    pub fn report_state(&self) {
        let name = self.0.signals.state.with_untracked(State::name);
        if self.0.reported_state.replace(name) != name {
            self.bridge().state(name);
        }
    }

    /// Whether the journey still awaits the answer to this request.
    pub(super) fn awaits(&self, id: RequestId) -> bool {
        !self.0.ended.get() && self.0.signals.state.with_untracked(|state| state.awaits(id))
    }

    /// Whether a booking is being sent.
    pub fn is_sending(&self) -> bool {
        self.0.signals.state.with_untracked(|state| state.errand.stage.is_sending())
    }

    pub(super) fn full_details(&self) -> bool {
        self.0.config.borrow().as_ref().is_some_and(|config| config.full_details)
    }

    /// A value that fires events on the host page.
    pub fn page_events(&self) -> PageEvents {
        PageEvents { bridge: self.bridge(), full: self.full_details() }
    }

    /// Reports to the page's owner that a host's answers do not reach the page, once for each host and status: the
    /// words that the patient reads do not say why.
    pub(super) fn report_closed(&self, closed: Option<Closed>) {
        let (Some(closed), Some(Config { tier, .. })) = (closed, self.config()) else { return };
        let reported = &self.0.closed;
        if reported.borrow().contains(&closed) {
            return;
        }
        reported.borrow_mut().push(closed);
        let (attribute, address) = match closed.host {
            Host::Api => ("api", Some(tier.api)),
            Host::Visit => ("visits", tier.visits),
        };
        // Without an address no request could be sent, which the diagnoses of the attributes already report.
        if let Some(address) = address {
            self.page_events().diagnose(&Diagnosis::closed(attribute, &address, closed.status));
        }
    }

    /// Whether a chosen time is booked inside the widget.
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
