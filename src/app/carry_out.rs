//! Carries out what the journey asks for, the only caller of [`crate::net`]. Every answer goes back as an event.

use booking::api::{Read, Write};
use booking::errand::command::Command as ErrandCommand;
use booking::errand::event::Event as Act;
use booking::finder::command::Command as FinderCommand;
use booking::form::Draft;
use booking::journey::command::Command;
use booking::journey::event::Event;
use booking::journey::step;
use booking::notice::Notice;
use booking::request::RequestId;
use booking::settings::{Ctx, Route};
use dexcare::exchange::{begin_read, begin_write};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::effects::Effects;
use super::exchange;
use crate::host::config::Config;
use crate::host::resume;
use crate::host::token::{Asked, Token};
use crate::net::Abort;
use crate::platform::clock::{self, Timer};
use crate::platform::spawn;
use crate::platform::zones::BrowserZones;

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
        ErrandCommand::Finder(_) | ErrandCommand::PutInBrief(_) => {}
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
