//! Carries out what the flow asks for, the only caller of [`crate::net`]. Every answer goes back as an event.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;

use booking::flow::command::{Command, DepartmentKey, Notice, Read, RequestId, Write};
use booking::flow::event::{Answer, Event};
use booking::flow::outcome::{Outcome, Trouble};
use booking::flow::state::{Ctx, Route};
use booking::flow::step;
use dexcare::{Call, Request};
use leptos::prelude::*;

use super::{App, Draft};
use crate::host::bridge::Bridge;
use crate::host::config::Config;
use crate::host::events::Voice;
use crate::host::token::{Asked, Token};
use crate::net::{Abort, NoAnswer, Response, Tier};
use crate::platform::clock;
use crate::platform::zones::BrowserZones;

/// One kind of task, whatever it does: a future of its own type each would bring its own executor code.
fn spawn(task: Pin<Box<dyn Future<Output = ()>>>) {
    wasm_bindgen_futures::spawn_local(task);
}

/// What one widget acts with. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Effects(Rc<Inner>);

struct Inner {
    bridge: Bridge,
    config: RefCell<Option<Config>>,
    token: Token,
    running: RefCell<Vec<(RequestId, Abort)>>,
    told: RefCell<&'static str>,
    /// The attributes changed while a booking was on its way.
    outdated: RefCell<bool>,
}

impl Effects {
    /// For one element.
    pub fn new(bridge: Bridge) -> Self {
        Self(Rc::new(Inner {
            bridge,
            config: RefCell::default(),
            token: Token::default(),
            running: RefCell::default(),
            told: RefCell::new("loading"),
            outdated: RefCell::default(),
        }))
    }

    /// The element's side.
    pub fn bridge(&self) -> &Bridge {
        &self.0.bridge
    }

    /// The configuration in force.
    pub fn config(&self) -> Option<Config> {
        self.0.config.borrow().clone()
    }

    /// A new configuration; the one before.
    pub fn configure(&self, config: Option<Config>) -> Option<Config> {
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
    }

    fn full_details(&self) -> bool {
        self.0.config.borrow().as_ref().is_some_and(|config| config.full_details)
    }

    /// Speaks to the host page.
    pub fn voice(&self) -> Voice<'_> {
        Voice { bridge: &self.0.bridge, full: self.full_details() }
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
            if let Some(abort) = forget(effects, id) {
                abort.abort();
            }
        }
        Command::AskToken { id, .. } => match effects.0.token.ask(&effects.0.bridge) {
            Asked::Now(answer) => run(app, Event::Token(id, answer)),
            Asked::Later(promise) => {
                let token = effects.0.token.clone();
                spawn(Box::pin(async move {
                    let given = Token::wait(promise).await;
                    // An answer nobody waits for any more must not become the token that the next call carries.
                    if app.state.try_with_untracked(|state| state.awaits(id)) == Some(true) {
                        run(app, Event::Token(id, token.take(&given)));
                    }
                }));
            }
        },
        Command::HandOver(time) => {
            let taken = effects.voice().hand_over(&time);
            run(app, Event::HandedOver(taken));
        }
        Command::HandOff(time, name) => {
            let Some(config) = effects.config() else { return };
            let voice = effects.voice();
            if voice.selected(&time)
                && let Some(url) = voice.hand_off(&time, &name, &config)
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
    let effects = effects.clone();
    spawn(Box::pin(async move {
        let answer = answer(&config.tier, read, token, fresh, &abort).await;
        forget(&effects, id);
        if !abort.is_aborted() {
            run(app, Event::Answered(id, answer));
        }
    }));
}

/// Performs a read and says what its answer means.
async fn answer(tier: &Tier, read: Read, token: Option<String>, fresh: bool, abort: &Abort) -> Answer {
    let (request, decode) = call_for(read);
    decode(read_body(tier.read(&request, token.as_deref(), fresh, abort).await))
}

/// Reads what came of a call.
type Decode = Box<dyn FnOnce(Result<Vec<u8>, Trouble>) -> Answer>;

/// The call behind a read.
fn call_for(read: Read) -> (Request, Decode) {
    match read {
        Read::Department(key) => {
            let (key, with_providers) = match key {
                // Any clinician may be the one there: their names come with the clinic.
                DepartmentKey::UrlName(name) => (dexcare::DepartmentKey::ByUrlName(name), true),
                DepartmentKey::Identifier(identifier) => (dexcare::DepartmentKey::ById(identifier), false),
            };
            prepare(dexcare::DepartmentInfo { key, with_providers }, |found| {
                Answer::Department(found.map(Box::new))
            })
        }
        Read::DepartmentSlots(url_name, visit_type) => {
            prepare(dexcare::DepartmentTimeslots { url_name, visit_type }, Answer::Slots)
        }
        Read::Clinician(npi) => {
            prepare(dexcare::Provider { npi }, |found| Answer::Clinician(found.map(Box::new)))
        }
        Read::ClinicianSlots(npi, visit_type, start, end) => {
            prepare(dexcare::ProviderTimeslots { npi, visit_type, start, end }, Answer::Slots)
        }
        Read::Lookahead(visit_type, ehr) => {
            prepare(dexcare::MaxLookahead { visit_type, ehr }, Answer::Lookahead)
        }
        Read::Patient => prepare(dexcare::CurrentPatient, |found| Answer::Patient(found.map(Box::new))),
        Read::MailRule => prepare(dexcare::ValidationConfigs, |found| Answer::MailRule(found.ok().flatten())),
    }
}

/// One way through the network for every call: a future of its own type each would cost a state machine each.
fn prepare<C: Call + 'static>(call: C, wrap: fn(Result<C::Answer, Trouble>) -> Answer) -> (Request, Decode) {
    let request = call.request();
    let decode = move |body: Result<Vec<u8>, Trouble>| {
        wrap(body.and_then(|body| call.read(&body).ok_or(Trouble::Unreadable)))
    };
    (request, Box::new(decode))
}

/// The body of a 2xx, or what went wrong.
fn read_body(answer: Result<Response, NoAnswer>) -> Result<Vec<u8>, Trouble> {
    match answer {
        Ok(response) if (200..300).contains(&response.status) => Ok(response.body),
        Ok(response) => Err(dexcare::trouble(response.status)),
        Err(NoAnswer) => Err(Trouble::Network),
    }
}

fn start_write(app: App, effects: &Effects, id: RequestId, write: Write) {
    let Some(config) = effects.config() else { return };
    let abort = begin(effects, id);
    let token = effects.0.token.held();
    let effects = effects.clone();
    spawn(Box::pin(async move {
        let answer = perform(&config.tier, write, token, &abort).await;
        forget(&effects, id);
        run(app, Event::Answered(id, answer));
    }));
}

/// Reads what came of a write; here no answer is an answer too.
type Judge = Box<dyn FnOnce(Result<Response, NoAnswer>) -> Answer>;

async fn perform(tier: &Tier, write: Write, token: Option<String>, abort: &Abort) -> Answer {
    let (request, judge): (Request, Judge) = match write {
        Write::SaveSelf(demographics, ehr) => {
            let call =
                dexcare::SavePatient { whose: dexcare::Whose::Self_, demographics: *demographics, ehr };
            let (request, decode) = prepare(call, Answer::Saved);
            (request, Box::new(move |sent| decode(read_body(sent))))
        }
        Write::BookDepartment(visit) => {
            let call = dexcare::BookDepartment { visit: *visit, payment: dexcare::Payment::OnArrival };
            let request = call.request();
            (request, Box::new(move |sent| outcome(sent, |status, body| call.outcome(status, body))))
        }
        Write::BookClinician(visit) => {
            let call = dexcare::BookClinician { visit: *visit, payment: dexcare::Payment::OnArrival };
            let request = call.request();
            (request, Box::new(move |sent| outcome(sent, |status, body| call.outcome(status, body))))
        }
    };
    judge(tier.write(&request, token.as_deref(), abort).await)
}

/// No answer to a booking is an unknown outcome, never a failure: it may have been carried out.
fn outcome(sent: Result<Response, NoAnswer>, read: impl Fn(u16, &[u8]) -> Outcome) -> Answer {
    Answer::Booking(sent.map_or(Outcome::Unknown, |response| read(response.status, &response.body)))
}
