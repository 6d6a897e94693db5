//! Carries out what the journey asks for, the only caller of [`crate::net`]. Every answer goes back as an event.

use booking::errand::command::Command as ErrandCommand;
use booking::errand::event::Event as Act;
use booking::finder::command::Command as FinderCommand;
use booking::journey::command::Command;
use booking::journey::event::Event;
use booking::notice::Notice;
use booking::request::RequestId;
use booking::settings::{Ctx, Resume, Route};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use booking::api::{Read, Write};
use booking::form::Draft;
use booking::journey::state::State;
use booking::journey::step;
use dexcare::Host;
use dexcare::exchange::{Closed, begin_read, begin_write};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::Signals;
use super::exchange;
use crate::host::bridge::Bridge;
use crate::host::config::Config;
use crate::host::diagnosis::{Diagnosis, ReportLog};
use crate::host::events::Voice;
use crate::host::resume;
use crate::host::token::{Asked, Token};
use crate::net::Abort;
use crate::platform::clock::{self, Timer};
use crate::platform::spawn;
use crate::platform::zones::BrowserZones;

/// What one widget is and acts with: where the patient has got to, and all that goes on for it. It belongs to the page
/// rather than to the element, which may leave and come back, or be replaced by another. Cheap to clone; all clones are
/// one.
#[derive(Clone)]
pub struct Effects(Rc<Inner>);

struct Inner {
    bridge: RefCell<Bridge>,
    /// Where the element shows it.
    root: RefCell<Option<HtmlElement>>,
    signals: Signals,
    config: RefCell<Option<Config>>,
    /// The configuration of each environment that the page has named so far, the current one last: what an errand asks
    /// for goes to the one its time came from.
    systems: RefCell<Vec<Option<Config>>>,
    /// The `resume` attribute as it was read last: parsed once, so that it does not grow old on the page.
    resume: RefCell<Option<(String, Option<Resume>)>>,
    token: Token,
    /// The card field's token, between its answer and the booking.
    card: RefCell<Option<String>>,
    timers: RefCell<Vec<(RequestId, Timer)>>,
    running: RefCell<Vec<(RequestId, Abort)>>,
    told: RefCell<&'static str>,
    /// The attributes changed while a booking was on its way.
    outdated: Cell<bool>,
    /// No element shows this now.
    parked: Cell<bool>,
    /// No element will show this any more.
    ended: Cell<bool>,
    /// What was reported of the attributes.
    report_log: ReportLog,
    /// Hosts that were told of as closed, since the attributes changed last.
    closed: RefCell<Vec<Closed>>,
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
    fn config_of_errand(&self) -> Option<Config> {
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

    fn stop(&self) {
        for (_, abort) in self.0.running.take() {
            abort.abort();
        }
        self.0.timers.take();
        self.0.card.take();
    }

    /// The element leaves the page, and something of the patient's is to be kept: no more of it than that.
    pub fn park(&self) {
        self.0.parked.set(true);
        self.rest();
    }

    /// While a booking or a cancel is on its way everything goes on.
    fn rest(&self) {
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
    fn awaits(&self, id: RequestId) -> bool {
        !self.0.ended.get() && self.0.signals.state.with_untracked(|state| state.awaits(id))
    }

    /// Whether a booking is on its way.
    pub fn is_sending(&self) -> bool {
        self.0.signals.state.with_untracked(|state| state.errand.stage.is_sending())
    }

    fn full_details(&self) -> bool {
        self.0.config.borrow().as_ref().is_some_and(|config| config.full_details)
    }

    /// Speaks to the host page.
    pub fn voice(&self) -> Voice {
        Voice { bridge: self.bridge(), full: self.full_details() }
    }

    /// Tells the page's owner, once, of a host that lets no answer through: what the patient reads of it says nothing of why.
    fn tell_closed(&self, closed: Option<Closed>) {
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

    fn route(&self) -> Route {
        self.0.config.borrow().as_ref().map_or(Route::Event, |config| config.route(self.bridge().has_token()))
    }
}

/// Takes one step and does what it asks for. A no-op after the widget has left the page for good.
pub fn run(effects: &Effects, event: Event) {
    let signals = &effects.0.signals;
    if effects.0.ended.get() {
        return;
    }
    let is_removed = matches!(event, Event::Removed);
    let mut settings = signals.settings.get_untracked();
    settings.route = effects.route();
    settings.takes_cards = effects.bridge().has_card();
    if let Event::Choose(time) = &event
        && settings.route == Route::Inline
        && !effects.voice().selected(time)
    {
        return;
    }
    let ctx = Ctx { now: clock::now(), today: clock::today(), zones: &BrowserZones, settings: &settings };
    let Some((before, after, name, commands)) = signals.state.try_update(|state| {
        let persons = state.errand.persons;
        let commands = step(state, event, &ctx);
        (persons, state.errand.persons, state.name(), commands)
    }) else {
        return;
    };
    if before != after {
        signals.draft.set(Draft::default());
    }
    effects.tell_state();
    for command in commands {
        carry_out(effects, command);
    }
    if effects.0.parked.get() {
        if !is_removed {
            effects.rest();
        }
    } else if name != "sending" && effects.0.outdated.replace(false) {
        super::root::configure(effects, false);
    }
}

fn carry_out(effects: &Effects, command: Command) {
    match command {
        Command::Finder(command) => carry_out_finder(effects, command),
        Command::Errand(command) => carry_out_errand(effects, command),
    }
}

fn carry_out_finder(effects: &Effects, command: FinderCommand) {
    match command {
        FinderCommand::Read { id, read, fresh } => start_read(effects, effects.config(), id, read, fresh),
        FinderCommand::Cancel(id) => cancel(effects, id),
        FinderCommand::Later { id, seconds } => later(effects, id, seconds),
        FinderCommand::Tell(notice) => tell(effects, notice),
        // The journey keeps it to itself.
        FinderCommand::Rejoin(..) => {}
    }
}

fn cancel(effects: &Effects, id: RequestId) {
    effects.0.timers.borrow_mut().retain(|(waiting, _)| *waiting != id);
    if let Some(abort) = forget(effects, id) {
        abort.abort();
    }
}

fn tell(effects: &Effects, notice: Notice) {
    if matches!(notice, Notice::Shown { .. }) {
        // The host's hook is to find the times on the page, so it is called once they are rendered.
        let effects = effects.clone();
        request_animation_frame(move || effects.voice().tell(notice));
    } else {
        effects.voice().tell(notice);
    }
}

fn carry_out_errand(effects: &Effects, command: ErrandCommand) {
    match command {
        ErrandCommand::Read { id, read, fresh } => {
            start_read(effects, effects.config_of_errand(), id, read, fresh);
        }
        ErrandCommand::Write { id, write } => start_write(effects, id, write),
        ErrandCommand::Cancel(id) => cancel(effects, id),
        ErrandCommand::Later { id, seconds } => later(effects, id, seconds),
        ErrandCommand::InviteSignIn { id } => invite_sign_in(effects, id),
        ErrandCommand::AskCard { id } => ask_card(effects, id),
        ErrandCommand::AskToken { id } => match effects.0.token.ask(&effects.bridge()) {
            Asked::Now(answer) => run(effects, Act::Token(id, answer).into()),
            Asked::Later(promise) => await_token(effects, id, promise),
        },
        ErrandCommand::HandOver(time) => {
            let taken = effects.voice().hand_over(&time);
            run(effects, Act::HandedOver(taken).into());
        }
        ErrandCommand::HandOff(time, name, context) => {
            let Some(config) = effects.config_of_errand() else { return };
            let voice = effects.voice();
            // A time found by a search was told of when it was pressed.
            if (effects.is_inline() || voice.selected(&time))
                && let Some(url) = voice.hand_off(&time, name.as_ref(), context.as_deref(), &config)
                && let Some(window) = web_sys::window()
            {
                // Refused only in a sandboxed frame, where the patient still has the phone.
                let _ = window.location().assign(&url);
            }
        }
        ErrandCommand::Tell(notice) => tell(effects, notice),
        // The journey keeps it to itself.
        ErrandCommand::Finder(_) => {}
    }
}

fn await_token(effects: &Effects, id: RequestId, promise: js_sys::Promise) {
    let effects = effects.clone();
    spawn(Box::pin(async move {
        let given = Token::wait(promise).await;
        // An answer nobody waits for any more must not become the token that the next call carries.
        if effects.awaits(id) {
            run(&effects, Act::Token(id, effects.0.token.take(&given)).into());
        }
    }));
}

/// The host may answer with a promise of a token, or take the whole sign-in over.
fn invite_sign_in(effects: &Effects, id: RequestId) {
    let resume = effects.0.signals.state.with_untracked(|state| {
        state.errand.stage.errand().and_then(|errand| resume::write(errand, clock::now()))
    });
    let answer = effects.bridge().sign_in(&resume.unwrap_or_default());
    match answer.dyn_into::<js_sys::Promise>() {
        Ok(promise) => {
            run(effects, Act::SignInTaken.into());
            await_token(effects, id, promise);
        }
        Err(answer) if answer.is_truthy() => run(effects, Act::SignInTaken.into()),
        Err(_) => {}
    }
}

/// The token of the host's card field goes from here into one booking, and nowhere else.
fn ask_card(effects: &Effects, id: RequestId) {
    let given = effects.bridge().card();
    let effects = effects.clone();
    spawn(Box::pin(async move {
        let given = match given {
            Ok(value) => Token::wait(js_sys::Promise::resolve(&value)).await,
            Err(thrown) => Err(thrown),
        };
        let card = given.ok().and_then(|value| value.as_string()).map(|text| text.trim().to_owned());
        let card = card.filter(|text| !text.is_empty());
        if effects.awaits(id) {
            let is_given = card.is_some();
            effects.0.card.replace(card);
            run(&effects, Act::Card(id, is_given).into());
        }
    }));
}

fn later(effects: &Effects, id: RequestId, seconds: u32) {
    let held = effects.clone();
    let milliseconds = i32::try_from(seconds).unwrap_or(60).saturating_mul(1000);
    let timer = Timer::after(milliseconds, move || {
        // The timer is let go after its own call has ended.
        spawn(Box::pin(async move {
            held.0.timers.borrow_mut().retain(|(waiting, _)| *waiting != id);
            run(&held, Event::Ticked(id));
        }));
    });
    effects.0.timers.borrow_mut().push((id, timer));
}

fn forget(effects: &Effects, id: RequestId) -> Option<Abort> {
    let mut running = effects.0.running.borrow_mut();
    let place = running.iter().position(|(running, _)| *running == id)?;
    Some(running.swap_remove(place).1)
}

fn begin(effects: &Effects, id: RequestId) -> Abort {
    let abort = Abort::default();
    effects.0.running.borrow_mut().push((id, abort.clone()));
    abort
}

fn start_read(effects: &Effects, config: Option<Config>, id: RequestId, read: Read, fresh: bool) {
    let Some(config) = config else { return };
    let abort = begin(effects, id);
    let token = effects.0.token.held();
    let language = language(effects);
    let effects = effects.clone();
    spawn(Box::pin(async move {
        let begun = begin_read(read, fresh, exchange::context(&config, language, None));
        let done = exchange::perform(&config.tier, token.as_deref(), &abort, begun).await;
        forget(&effects, id);
        if !abort.is_aborted() {
            effects.tell_closed(done.closed);
            run(&effects, Event::Answered(id, done.answer));
        }
    }));
}

fn language(effects: &Effects) -> String {
    effects.0.signals.words.with_untracked(|words| words.locale().to_owned())
}

fn start_write(effects: &Effects, id: RequestId, write: Write) {
    let Some(config) = effects.config_of_errand() else { return };
    let abort = begin(effects, id);
    let token = effects.0.token.held();
    // A card's token is good for one booking.
    let card = effects.0.card.take();
    let language = language(effects);
    let effects = effects.clone();
    spawn(Box::pin(async move {
        let begun = begin_write(write, exchange::context(&config, language, card));
        let done = exchange::perform(&config.tier, token.as_deref(), &abort, begun).await;
        forget(&effects, id);
        run(&effects, Event::Answered(id, done.answer));
    }));
}
