//! Carries out the journey's commands. Every answer goes back to the journey as an event.
//!
//! The module [`errand`] carries out the errand's commands. It is in the part of the wasm that books.

pub mod errand;

use booking::api::{Answer, Read};
use booking::errand::not_here;
use booking::finder::command::Command as FinderCommand;
use booking::finder::event::Event as FinderEvent;
use booking::form::Draft;
use booking::journey::command::Command;
use booking::journey::event::Event;
use booking::journey::step;
use booking::notice::Notice;
use booking::outcome::ApiError;
use booking::request::RequestId;
use booking::settings::{Ctx, Route, Settings};
use dexcare::exchange::{Exchange, OtherRead, begin_times};
use leptos::prelude::*;
use net::{Abort, Credential};

use super::effects::Effects;
use super::part::{self, Errand};
use super::{exchange, invitation, parked};
use crate::host::config::Config;
use crate::platform::clock::{self, Timer};
use crate::platform::spawn;
use crate::platform::zones::BrowserZones;

/// Makes one step of the journey and carries out its commands; loads the errand's part first, if the step needs it. If
/// a chosen time is to be booked in the widget, `findatime-selected` fires first, and the page can prevent the step.
/// Does nothing after the widget has ended ([`Effects::end`]).
pub fn run(effects: &Effects, event: Event) {
    if effects.0.ended.get() {
        return;
    }
    invitation::on_press(effects, &event);
    // The event `findatime-signin` may just have fired, and a listener may have removed the element from the page.
    if effects.0.ended.get() {
        return;
    }
    let settings = settings(effects);
    if let Event::Choose(time) = &event
        && settings.route == Route::Inline
        && !effects.page_events().selected(time)
    {
        return;
    }
    let needs = part::errand().is_none()
        && effects.0.signals.state.with_untracked(|state| state.needs_errand(&event, &settings));
    if needs {
        super::opening::open(effects, event, &settings);
    } else {
        go(effects, event, &settings);
    }
}

pub(super) fn settings(effects: &Effects) -> Settings {
    let mut settings = effects.0.signals.settings.get_untracked();
    settings.route = effects.route();
    settings.takes_cards = effects.bridge().has_card();
    settings
}

/// Makes the step, and carries out its commands.
pub(super) fn go(effects: &Effects, event: Event, settings: &Settings) {
    let signals = &effects.0.signals;
    let part = part::errand();
    let is_removed = matches!(event, Event::Removed);
    // Only this answer says whose token it is: after a failed read the errand still knows the person it met last.
    let is_record = matches!(
        &event,
        Event::Answered(id, Answer::Patient(Ok(_) | Err(ApiError::NotFound))) if effects.awaits(*id)
    );
    let errand = part.map_or(not_here as booking::errand::Run, |part| part.run);
    let ways = part::ways().map(|ways| ways.run);
    let ctx = Ctx { now: clock::now(), today: clock::today(), zones: &BrowserZones, settings, errand, ways };
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
    effects.report_state();
    for command in commands {
        carry_out(effects, part, command);
    }
    if is_record {
        tell_parked(effects);
    }
    if effects.0.parked.get() {
        if !is_removed {
            effects.rest();
        }
    } else if name != "sending" {
        effects.catch_up();
    }
}

/// Tells the parked widgets whose record was read: outcomes of others must not be shown to this person.
fn tell_parked(effects: &Effects) {
    let account = effects.0.signals.state.with_untracked(|state| {
        let person = &state.errand.person;
        person.has_met().then(|| person.patient.as_ref().map(|patient| patient.guid.clone()))
    });
    if let Some(account) = account {
        parked::send(&|| Event::PersonElsewhere(account.clone()));
    }
}

fn carry_out(effects: &Effects, part: Option<&Errand>, command: Command) {
    match (command, part) {
        (Command::Finder(command), _) => carry_out_finder(effects, command),
        (Command::Errand(command), Some(part)) => (part.carry_out)(effects, command),
        // `not_here`, which replaces the errand until its part is loaded, returns no commands.
        (Command::Errand(_), None) => {}
    }
}

fn carry_out_finder(effects: &Effects, command: FinderCommand) {
    match command {
        FinderCommand::Read { id, read, fresh } => start_search(effects, id, read, fresh),
        FinderCommand::Cancel(id) => cancel(effects, id),
        FinderCommand::Later { id, seconds } => later(effects, id, seconds),
        FinderCommand::Notify(notice) => notify(effects, notice),
        FinderCommand::Load => load_ways(effects),
        // The journey handles this command itself and never returns it.
        FinderCommand::Join(..) => {}
    }
}

/// Loads the part of the wasm that finds more than a page's own times, then reports to the finder whether it is there.
fn load_ways(effects: &Effects) {
    let effects = effects.clone();
    part::load_ways(move |is_there| run(&effects, FinderEvent::Loaded { is_there }.into()));
}

fn cancel(effects: &Effects, id: RequestId) {
    effects.0.timers.borrow_mut().retain(|(waiting, _)| *waiting != id);
    if let Some(abort) = forget(effects, id) {
        abort.abort();
    }
}

fn notify(effects: &Effects, notice: Notice) {
    if matches!(notice, Notice::Shown { .. }) {
        // A listener of `findatime-shown` may look for the times on the page, so the event fires once they are rendered.
        let effects = effects.clone();
        request_animation_frame(move || effects.page_events().fire(notice));
    } else {
        effects.page_events().fire(notice);
    }
}

fn later(effects: &Effects, id: RequestId, seconds: u32) {
    let held = effects.clone();
    let milliseconds = i32::try_from(seconds).unwrap_or(60).saturating_mul(1000);
    let timer = Timer::after(milliseconds, move || {
        // Dropping the timer frees this closure, so the timer is dropped only after the closure has returned.
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

fn start_search(effects: &Effects, id: RequestId, read: Read, fresh: bool) {
    let Some(config) = effects.config() else { return };
    let begun = match (begin_times(read, fresh), part::ways()) {
        (Ok(begun), _) => begun,
        (Err(OtherRead::Ways(read)), Some(ways)) => {
            let context = exchange::context(&config, language(effects), None);
            (ways.begin)(read, fresh, &context)
        }
        // The finder makes no reads that need a patient's token, and none that need `Ways` before that part is loaded.
        (Err(_), _) => return,
    };
    start_read(effects, config, id, begun, None);
}

fn start_read(
    effects: &Effects,
    config: Config,
    id: RequestId,
    begun: Exchange,
    patient: Option<Credential>,
) {
    let abort = begin(effects, id);
    let effects = effects.clone();
    spawn(Box::pin(async move {
        let done = exchange::perform(&config.tier, patient.as_ref(), &abort, begun).await;
        forget(&effects, id);
        if !abort.is_aborted() {
            effects.report_closed(done.closed);
            run(&effects, Event::Answered(id, done.answer));
        }
    }));
}

fn language(effects: &Effects) -> String {
    effects.0.signals.words.with_untracked(|words| words.locale().to_owned())
}
