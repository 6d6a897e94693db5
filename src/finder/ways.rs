//! The page's ways to be seen beside each other, with how soon each is.

use booking::finder::event::Event as Find;
use booking::on_demand::WaitRange;
use booking::settings::{Settings, Target, Way};
use booking::time::Moment;
use leptos::prelude::*;

use crate::finder::queue;
use crate::platform::zones::BrowserZones;
use crate::platform::{clock, intl};
use crate::screen::{Cx, Spot, go_to};
use crate::ui::view::El;
use crate::ui::{self, Press};

/// The choice, where there is one.
pub fn draw(cx: &Cx) -> Option<El> {
    let ways = cx.app.settings.with_untracked(Settings::ways);
    if ways.len() < 2 {
        return None;
    }
    let soon: Vec<Option<(i64, String)>> = ways.iter().map(|way| soon(cx, *way)).collect();
    let known = soon.iter().flatten().map(|(at, _)| *at);
    // One number alone is compared with nothing.
    let soonest = known.clone().min().filter(|_| known.count() > 1);
    let rows = ways.into_iter().zip(soon).map(|(way, soon)| {
        let when = soon.map(|(at, text)| match soonest {
            Some(first) if first == at => [&text, " · ", &cx.t("ways.soonest")].concat(),
            _ => text,
        });
        let on = cx.state.finder.way == way;
        let focus = cx.focus(Spot::Way(way));
        // Its name may come later.
        ui::choice("radio", "way", on, name(cx, way), when, focus, take(cx, way)).key(way as u32 + 1).into()
    });
    Some(ui::group("fat-group", cx.t("ways")).child(ui::choices(rows.collect())))
}

/// Turns to another way; the focus follows to its choice.
pub fn take(cx: &Cx, way: Way) -> Press {
    let (app, local) = (cx.app, cx.local);
    let named = if cx.state.finder.way == Way::Named { named(cx) } else { None };
    Box::new(move || {
        local.update(|local| {
            // Where another way is on screen, nothing there tells whose this one was.
            if named.is_some() {
                local.named.clone_from(&named);
            }
            go_to(local, Spot::Way(way));
        });
        app.send(Find::Take(way));
    })
}

fn name(cx: &Cx, way: Way) -> String {
    match way {
        Way::Named => named(cx).or_else(|| cx.here.named.clone()).unwrap_or_else(|| cx.t("ways.named")),
        Way::Nearby => cx.t("ways.nearby"),
        Way::OnDemand => cx.t("ways.on-demand"),
    }
}

/// The one clinician or clinic that the page names, where it is known.
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

/// How soon a way is, seconds since 1970, and in words; nothing where that is not known.
fn soon(cx: &Cx, way: Way) -> Option<(i64, String)> {
    let first = match way {
        Way::OnDemand => {
            let seconds = cx.state.finder.queue.shortest()?;
            let range = queue::range(cx.words, WaitRange::of_seconds(seconds));
            return Some((clock::now() + i64::from(seconds), range));
        }
        _ if cx.state.finder.way == way => {
            let time = cx.state.finder.board.times(&BrowserZones).into_iter().next()?;
            Moment { at: time.at(), offset: time.offset }
        }
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
