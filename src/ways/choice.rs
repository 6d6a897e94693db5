//! The choice between the page's ways to be seen, with how soon each is.

use booking::finder::event::Event as Find;
use booking::on_demand::WaitRange;
use booking::settings::{Settings, Target, Way};
use booking::time::Moment;
use leptos::prelude::*;

use crate::finder::FinderMemos;
use crate::finder::Memory;
use crate::platform::{clock, intl};
use crate::screen::{Cx, Screen, Spot, wait};
use crate::ui::view::{Node, nothing};
use crate::ui::watch::Watch;
use crate::ui::{self, Press};

/// The choice, if the page has more than one way.
#[component]
pub fn Ways(memos: FinderMemos) -> Node {
    let screen = Screen::here();
    let memory = Memory::here();
    let first = Watch::new(move || {
        screen.app.state.with(|state| (state.finder.first, state.finder.queue.shortest()))
    });
    screen.draw(move |cx| {
        let ways = screen.app.settings.with(Settings::ways);
        if ways.len() < 2 {
            return nothing();
        }
        first.track();
        memos.names.track();
        let chosen = memos.query.with(|query| query.way);
        let soon: Vec<Option<(i64, String)>> = ways.iter().map(|way| soon(cx, memos, *way)).collect();
        let known = soon.iter().flatten().map(|(at, _)| *at);
        // "Soonest" needs at least two known values.
        let soonest = known.clone().min().filter(|_| known.count() > 1);
        let rows = ways.into_iter().zip(soon).map(|(way, soon)| {
            let when = soon.map(|(at, text)| match soonest {
                Some(first) if first == at => [&text, " · ", &cx.t("ways.soonest")].concat(),
                _ => text,
            });
            let focus = cx.focus(Spot::Way(way));
            // The key does not depend on the name, which may be read later.
            let choice = ui::choice(
                "radio",
                "way",
                chosen == way,
                name(cx, memory, way),
                when,
                focus,
                take(cx, memory, way),
            );
            choice.key(way as u32 + 1).into()
        });
        ui::group("fat-group", cx.t("ways")).child(ui::choices(rows.collect())).into()
    })
}

/// A press that changes to another way; the focus moves to that way's choice.
pub fn take(cx: &Cx, memory: Memory, way: Way) -> Press {
    let screen = cx.screen;
    let named = if cx.state.finder.way == Way::Named { named(cx) } else { None };
    Box::new(move || {
        // Keep the name for this choice's label: once the finder has changed to another way, its board no longer has
        // the name of the page's own clinician or clinic.
        if named.is_some() {
            memory.own_name.set(named.clone());
        }
        screen.go_to(Spot::Way(way));
        screen.app.send(Find::Take(way));
    })
}

fn name(cx: &Cx, memory: Memory, way: Way) -> String {
    match way {
        Way::Named => named(cx).or_else(|| memory.own_name.get()).unwrap_or_else(|| cx.t("ways.named")),
        Way::Nearby => cx.t("ways.nearby"),
        Way::OnDemand => cx.t("ways.on-demand"),
    }
}

/// The name of the one clinician or clinic that the page names, if it is known.
fn named(cx: &Cx) -> Option<String> {
    cx.app.settings.with_untracked(|settings| match &settings.target {
        Target::Clinicians { npis, .. } => match npis.as_slice() {
            [npi] => cx.state.finder.board.clinician(npi),
            _ => None,
        },
        Target::Departments(names) => match names.as_slice() {
            [only] => {
                let known = cx.state.finder.board.departments.iter().find(|known| known.url_name == *only)?;
                Some(known.name.clone())
            }
            _ => None,
        },
        _ => None,
    })
}

/// When a patient can be seen in this way at the earliest, in seconds since 1970 and in words; `None` if that is
/// not known.
fn soon(cx: &Cx, memos: FinderMemos, way: Way) -> Option<(i64, String)> {
    let first = match way {
        Way::OnDemand => {
            let seconds = cx.state.finder.queue.shortest()?;
            let range = wait::range(cx.words, WaitRange::of_seconds(seconds));
            return Some((clock::now() + i64::from(seconds), range));
        }
        _ if cx.state.finder.way == way => memos
            .times
            .with(|times| times.all.first().map(|time| Moment { at: time.at(), offset: time.offset }))?,
        Way::Named => cx.state.finder.first.named?,
        Way::Nearby => cx.state.finder.first.nearby?,
    };
    // By the clinic's clock, like the times themselves.
    let (locale, local) = (cx.words.locale(), first.local());
    let time = intl::clock(locale, local);
    let day = if local.date() == clock::today() {
        cx.t("ways.today")
    } else {
        intl::short_day(locale, local.date())
    };
    Some((first.at, [&day, ", ", &time].concat()))
}
