//! Carries out the errand's commands. This file is in the part of the wasm that books: nothing else puts a token into a
//! request.

use std::rc::Rc;

use booking::errand::command::Command;
use booking::errand::event::Event as Act;
use booking::journey::event::Event;
use booking::request::RequestId;
use dexcare::exchange::{begin_errand_read, begin_write};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{begin, cancel, forget, language, later, run, start_read};
use crate::app::effects::Effects;
use crate::app::{exchange, invitation};
use crate::host::resume;
use crate::host::token::{Token, TokenReply};
use crate::platform::{clock, spawn, window};

/// Carries out one command.
pub fn carry_out(effects: &Effects, command: Command) {
    match command {
        Command::Read { id, read, fresh } => {
            let Some(config) = effects.config_of_errand() else { return };
            let context = exchange::context(&config, language(effects), None);
            if let Some(begun) = begin_errand_read(read, fresh, context) {
                start_read(effects, config, id, begun, effects.0.token.credential());
            }
        }
        Command::Write { id, write } => start_write(effects, id, write),
        Command::Cancel(id) => cancel(effects, id),
        Command::Later { id, seconds } => later(effects, id, seconds),
        Command::InviteSignIn { id } => invite_sign_in(effects, id),
        Command::AskCard { id } => ask_card(effects, id),
        Command::AskToken { id } => match effects.ask_token() {
            TokenReply::Now(answer) => run(effects, Act::Token(id, answer).into()),
            TokenReply::Later(promise) => await_token(effects, id, promise),
        },
        Command::HandOver(time) => {
            let taken = effects.page_events().hand_over(&time);
            run(effects, Act::HandedOver(taken).into());
        }
        Command::HandOff(time, name, context) => {
            let Some(config) = effects.config_of_errand() else { return };
            let events = effects.page_events();
            // With route `Inline`, `findatime-selected` has already fired when the patient pressed the time.
            if (effects.is_inline() || events.selected(&time))
                && let Some(url) = events.hand_off(&time, name.as_ref(), context.as_deref(), &config)
                && let Some(window) = window()
            {
                // `assign` fails only in a sandboxed frame; the screen still offers the phone number.
                let _ = window.location().assign(&url);
            }
        }
        Command::Notify(notice) => effects.page_events().fire_of_errand(notice),
        // The journey handles these two itself and never returns them.
        Command::Finder(_) | Command::PutInBrief(..) => {}
    }
}

fn await_token(effects: &Effects, id: RequestId, promise: js_sys::Promise) {
    // The promise may never be settled. That must not keep the widget, and what was typed, in memory.
    let effects = Rc::downgrade(&effects.0);
    spawn(Box::pin(async move {
        let given = Token::wait(promise).await;
        let Some(effects) = effects.upgrade().map(Effects) else { return };
        // Keep the token only if the journey still awaits this answer: otherwise later requests must not carry it.
        if effects.awaits(id) {
            run(&effects, Act::Token(id, effects.0.token.take(&given)).into());
        }
    }));
}

/// Fires `findatime-signin`, unless it has fired already on the press. If the host responds with a token, or prevents
/// the event and may respond later, the sign-in step waits for the token.
fn invite_sign_in(effects: &Effects, id: RequestId) {
    let answer = effects.0.invitation.take().unwrap_or_else(|| {
        let resume = effects.0.signals.state.with_untracked(|state| {
            state.errand.stage.errand().and_then(|errand| resume::write(errand, clock::now()))
        });
        invitation::invite(effects, &resume.unwrap_or_default())
    });
    if let Ok(promise) = answer.dyn_into::<js_sys::Promise>() {
        run(effects, Act::SignInTaken.into());
        await_token(effects, id, promise);
    }
}

/// Calls the host's `cardToken`, and keeps the card's token for one booking. Nothing else uses that token.
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

fn start_write(effects: &Effects, id: RequestId, write: booking::api::Write) {
    let Some(config) = effects.config_of_errand() else { return };
    let abort = begin(effects, id);
    let patient = effects.0.token.credential();
    // A card's token is valid for one booking.
    let card = effects.0.card.take();
    let language = language(effects);
    let effects = effects.clone();
    spawn(Box::pin(async move {
        let begun = begin_write(write, exchange::context(&config, language, card));
        let done = exchange::perform(&config.tier, patient.as_ref(), &abort, begun).await;
        forget(&effects, id);
        run(&effects, Event::Answered(id, done.answer));
    }));
}
