//! Carries out what the flow asks for, the only caller of [`crate::net`]. Every answer goes back as an event.

use std::cell::RefCell;
use std::rc::Rc;

use booking::api::{Read, Write};
use booking::flow::command::{Command, Notice, RequestId};
use booking::flow::event::Event;
use booking::flow::state::{Ctx, Route};
use booking::flow::step;
use dexcare::Host;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::calls::{self, Closed, Line};
use super::{App, Draft};
use crate::host::bridge::Bridge;
use crate::host::config::Config;
use crate::host::diagnosis::{Diagnosis, Reported};
use crate::host::events::Voice;
use crate::host::resume;
use crate::host::token::{Asked, Token};
use crate::net::Abort;
use crate::platform::clock::{self, Timer};
use crate::platform::spawn;
use crate::platform::zones::BrowserZones;

/// What one widget acts with. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Effects(Rc<Inner>);

struct Inner {
    bridge: Bridge,
    config: RefCell<Option<Config>>,
    token: Token,
    /// The card field's token, between its answer and the booking.
    card: RefCell<Option<String>>,
    timers: RefCell<Vec<(RequestId, Timer)>>,
    running: RefCell<Vec<(RequestId, Abort)>>,
    told: RefCell<&'static str>,
    /// The attributes changed while a booking was on its way.
    outdated: RefCell<bool>,
    /// What was reported of the attributes.
    reported: Reported,
    /// Hosts that were told of as closed, since the attributes changed last.
    closed: RefCell<Vec<Closed>>,
}

impl Effects {
    /// For one element.
    pub fn new(bridge: Bridge) -> Self {
        Self(Rc::new(Inner {
            bridge,
            config: RefCell::default(),
            token: Token::default(),
            card: RefCell::default(),
            timers: RefCell::default(),
            running: RefCell::default(),
            told: RefCell::new("loading"),
            outdated: RefCell::default(),
            reported: Reported::default(),
            closed: RefCell::default(),
        }))
    }

    /// The element's side.
    pub fn bridge(&self) -> &Bridge {
        &self.0.bridge
    }

    /// What was reported of the attributes.
    pub fn reported(&self) -> &Reported {
        &self.0.reported
    }

    /// The configuration in force.
    pub fn config(&self) -> Option<Config> {
        self.0.config.borrow().clone()
    }

    /// A new configuration; the one before.
    pub fn configure(&self, config: Option<Config>) -> Option<Config> {
        self.0.closed.take();
        self.0.config.replace(config)
    }

    /// To be configured again once the booking under way has ended.
    pub fn outdate(&self) {
        self.0.outdated.replace(true);
    }

    /// The widget leaves the page: nothing goes on, nothing is remembered.
    pub fn stop(&self) {
        for (_, abort) in self.0.running.take() {
            abort.abort();
        }
        self.0.timers.take();
        self.0.card.take();
    }

    fn full_details(&self) -> bool {
        self.0.config.borrow().as_ref().is_some_and(|config| config.full_details)
    }

    /// Speaks to the host page.
    pub fn voice(&self) -> Voice<'_> {
        Voice { bridge: &self.0.bridge, full: self.full_details() }
    }

    /// Tells the page's owner, once, of a host that lets no answer through: what the patient reads of it says nothing of why.
    fn tell_closed(&self, closed: Option<Closed>) {
        let (Some(closed), Some(Config { tier, .. })) = (closed, self.config()) else { return };
        let told = &self.0.closed;
        if told.borrow().contains(&closed) {
            return;
        }
        told.borrow_mut().push(closed);
        let (attribute, address) = match closed.0 {
            Host::Api => ("api", Some(tier.api)),
            Host::Visit => ("visits", tier.visits),
        };
        // Without an address there was nothing to ask: the attributes' own diagnoses say so.
        if let Some(address) = address {
            self.voice().diagnose(&Diagnosis::closed(attribute, &address, closed.1));
        }
    }

    /// Whether a chosen time is booked here: the page has somebody who can give a token.
    pub fn is_inline(&self) -> bool {
        self.route() == Route::Inline
    }

    fn route(&self) -> Route {
        self.0.config.borrow().as_ref().map_or(Route::Event, |config| config.route(self.0.bridge.has_token()))
    }
}

/// Takes one step and does what it asks for. A no-op after the widget has left the page.
pub fn run(app: App, event: Event) {
    let Some(effects) = app.effects.try_with_value(Clone::clone) else { return };
    let Some(mut settings) = app.settings.try_get_untracked() else { return };
    settings.route = effects.route();
    settings.takes_cards = effects.0.bridge.has_card();
    if let Event::Choose(time) = &event
        && settings.route == Route::Inline
        && !effects.voice().selected(time)
    {
        return;
    }
    let ctx = Ctx { now: clock::now(), today: clock::today(), zones: &BrowserZones, settings: &settings };
    let Some((before, after, name, commands)) = app.state.try_update(|state| {
        let persons = state.persons;
        let (next, commands) = step(std::mem::take(state), event, &ctx);
        *state = next;
        (persons, state.persons, state.stage.name(), commands)
    }) else {
        return;
    };
    if before != after {
        app.draft.set(Draft::default());
    }
    if effects.0.told.replace(name) != name {
        effects.0.bridge.state(name);
    }
    for command in commands {
        carry_out(app, &effects, command);
    }
    if name != "sending" && effects.0.outdated.replace(false) {
        super::root::configure(app);
    }
}

fn carry_out(app: App, effects: &Effects, command: Command) {
    match command {
        Command::Read { id, read, fresh } => start_read(app, effects, id, read, fresh),
        Command::Write { id, write } => start_write(app, effects, id, write),
        Command::Cancel(id) => {
            effects.0.timers.borrow_mut().retain(|(waiting, _)| *waiting != id);
            if let Some(abort) = forget(effects, id) {
                abort.abort();
            }
        }
        Command::Later { id, seconds } => later(app, effects, id, seconds),
        Command::InviteSignIn { id } => invite_sign_in(app, effects, id),
        Command::AskCard { id } => ask_card(app, effects, id),
        Command::AskToken { id } => match effects.0.token.ask(&effects.0.bridge) {
            Asked::Now(answer) => run(app, Event::Token(id, answer)),
            Asked::Later(promise) => await_token(app, effects, id, promise),
        },
        Command::HandOver(time) => {
            let taken = effects.voice().hand_over(&time);
            run(app, Event::HandedOver(taken));
        }
        Command::HandOff(time, name, context) => {
            let Some(config) = effects.config() else { return };
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
        Command::Tell(Notice::Shown { count }) => {
            // The host's hook is to find the times on the page, so it is called once they are rendered.
            let voice = effects.clone();
            request_animation_frame(move || voice.voice().tell(Notice::Shown { count }));
        }
        Command::Tell(notice) => effects.voice().tell(notice),
    }
}

fn await_token(app: App, effects: &Effects, id: RequestId, promise: js_sys::Promise) {
    let token = effects.0.token.clone();
    spawn(Box::pin(async move {
        let given = Token::wait(promise).await;
        // An answer nobody waits for any more must not become the token that the next call carries.
        if app.state.try_with_untracked(|state| state.awaits(id)) == Some(true) {
            run(app, Event::Token(id, token.take(&given)));
        }
    }));
}

/// The host may answer with a promise of a token, or take the whole sign-in over.
fn invite_sign_in(app: App, effects: &Effects, id: RequestId) {
    let resume = app
        .state
        .with_untracked(|state| state.stage.errand().and_then(|errand| resume::write(errand, clock::now())));
    let answer = effects.0.bridge.sign_in(&resume.unwrap_or_default());
    match answer.dyn_into::<js_sys::Promise>() {
        Ok(promise) => {
            run(app, Event::SignInTaken);
            await_token(app, effects, id, promise);
        }
        Err(answer) if answer.is_truthy() => run(app, Event::SignInTaken),
        Err(_) => {}
    }
}

/// The token of the host's card field goes from here into one booking, and nowhere else.
fn ask_card(app: App, effects: &Effects, id: RequestId) {
    let given = effects.0.bridge.card();
    let effects = effects.clone();
    spawn(Box::pin(async move {
        let given = match given {
            Ok(value) => Token::wait(js_sys::Promise::resolve(&value)).await,
            Err(thrown) => Err(thrown),
        };
        let card = given.ok().and_then(|value| value.as_string()).map(|text| text.trim().to_owned());
        let card = card.filter(|text| !text.is_empty());
        if app.state.try_with_untracked(|state| state.awaits(id)) == Some(true) {
            let is_given = card.is_some();
            effects.0.card.replace(card);
            run(app, Event::Card(id, is_given));
        }
    }));
}

fn later(app: App, effects: &Effects, id: RequestId, seconds: u32) {
    let held = effects.clone();
    let milliseconds = i32::try_from(seconds).unwrap_or(60).saturating_mul(1000);
    let timer = Timer::after(milliseconds, move || {
        // The timer is let go after its own call has ended.
        spawn(Box::pin(async move {
            held.0.timers.borrow_mut().retain(|(waiting, _)| *waiting != id);
            run(app, Event::Ticked(id));
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

fn start_read(app: App, effects: &Effects, id: RequestId, read: Read, fresh: bool) {
    let Some(config) = effects.config() else { return };
    let abort = begin(effects, id);
    let token = effects.0.token.held();
    let language = language(app);
    let effects = effects.clone();
    spawn(Box::pin(async move {
        let line = Line { config: &config, token, card: None, language, abort: &abort };
        let (answer, closed) = calls::answer(&line, read, fresh).await;
        forget(&effects, id);
        if !abort.is_aborted() {
            effects.tell_closed(closed);
            run(app, Event::Answered(id, answer));
        }
    }));
}

fn language(app: App) -> String {
    app.words.with_untracked(|words| words.locale().to_owned())
}

fn start_write(app: App, effects: &Effects, id: RequestId, write: Write) {
    let Some(config) = effects.config() else { return };
    let abort = begin(effects, id);
    let token = effects.0.token.held();
    // A card's token is good for one booking.
    let card = effects.0.card.take();
    let language = language(app);
    let effects = effects.clone();
    spawn(Box::pin(async move {
        let line = Line { config: &config, token, card, language, abort: &abort };
        let answer = calls::perform(&line, write).await;
        forget(&effects, id);
        run(app, Event::Answered(id, answer));
    }));
}
