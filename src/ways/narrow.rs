//! The panel of filters: weekday, part of day and clinic; for a search around a place also new or established
//! patient, gender and specialty.

use booking::filter::Filter;
use booking::finder::event::Event as Find;
use booking::ids::DepartmentIdentifier;
use booking::search::{PatientType, Search};
use booking::settings::Target;
use booking::time::PartOfDay;
use chrono::{Datelike, Weekday};
use leptos::prelude::*;

use crate::app::App;
use crate::finder::{FinderMemos, Times};
use crate::platform::intl;
use crate::screen::{Cx, Spot, wording};
use crate::ui::view::{El, Node};
use crate::ui::{self, Weight};

const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// The panel's groups. Those of the search come first, since the others come and go with the times.
pub fn panel(cx: &Cx, memos: FinderMemos, filter: &Filter) -> Vec<Node> {
    let mut panel = searches(cx);
    panel.extend(memos.times.with(|times| groups(cx, times, filter)));
    panel
}

/// A button that clears the filters.
pub fn clear(cx: &Cx, weight: Weight) -> El {
    let (app, screen) = (cx.app, cx.screen);
    let press = Box::new(move || {
        // The button is removed with the filters, so the focus moves.
        screen.go_to(Spot::Filters);
        screen.act(Find::Narrow(Filter::default()));
        if let Some(search) = refined(app, preset(app)) {
            app.send(Find::Refine(search));
        }
    });
    cx.button(weight, "filters.clear", press)
}

/// Groups of filters for which the times have more than one value.
fn groups(cx: &Cx, times: &Times, filter: &Filter) -> Vec<Node> {
    let mut weekdays = 0_u8;
    let mut parts = Vec::new();
    let mut places: Vec<DepartmentIdentifier> = Vec::new();
    for time in times.all.iter() {
        weekdays |= 1 << time.local.weekday().num_days_from_monday();
        if !parts.contains(&time.part()) {
            parts.push(time.part());
        }
        if !places.contains(time.place()) {
            places.push(time.place().clone());
        }
    }
    let mut groups = Vec::new();
    if weekdays.count_ones() > 1 {
        let days = WEEK.into_iter().filter(|day| weekdays & (1 << day.num_days_from_monday()) != 0);
        let choices = days.map(|day| {
            let name = intl::weekday(cx.words.locale(), day.num_days_from_monday());
            toggle(
                cx,
                "weekday",
                name,
                filter.has_weekday(day),
                Box::new(move |filter| filter.toggle_weekday(day)),
            )
        });
        groups.push(group(cx.t("filters.weekday"), choices.collect()));
    }
    if parts.len() > 1 {
        let choices = PartOfDay::ALL.into_iter().filter(|part| parts.contains(part)).map(|part| {
            toggle(
                cx,
                "part",
                wording::part(cx.words, part),
                filter.has_part(part),
                Box::new(move |filter| filter.toggle_part(part)),
            )
        });
        groups.push(group(cx.t("filters.part"), choices.collect()));
    }
    if places.len() > 1 {
        let choices = places.into_iter().filter_map(|place| {
            let name = cx.state.finder.board.place(&place)?.0.to_owned();
            Some(toggle(
                cx,
                "place",
                name,
                filter.has_place(&place),
                Box::new(move |filter| filter.toggle_place(&place)),
            ))
        });
        groups.push(group(cx.t("filters.place"), choices.collect()));
    }
    groups
}

fn group(legend: String, choices: Vec<Node>) -> Node {
    ui::group("fat-group", legend).child(ui::choices(choices)).into()
}

/// One choice of a group. `name` is unique to the group, since a screen reader may otherwise take two groups for one.
fn toggle(
    cx: &Cx,
    name: &'static str,
    label: String,
    on: bool,
    change: Box<dyn Fn(&mut Filter) + Send>,
) -> Node {
    let app = cx.app;
    let press = cx.act(move || {
        let mut filter = app.state.with_untracked(|state| state.finder.board.filter.clone());
        change(&mut filter);
        Find::Narrow(filter)
    });
    ui::choice("checkbox", name, on, label, None, 0, press).into()
}

/// What a search can be narrowed by: gender, specialty, and whether the patient is new.
type Narrowing = (Option<String>, Option<String>, Option<PatientType>);

/// How the page's attributes narrow the search.
fn preset(app: App) -> Narrowing {
    app.settings.with_untracked(|settings| match (&settings.target, &settings.nearby) {
        (Target::Near(search), _) | (_, Some(search)) => narrowing(search),
        _ => (None, None, None),
    })
}

fn narrowing(search: &Search) -> Narrowing {
    (search.gender.clone(), search.specialty.clone(), search.patient_type)
}

/// The current search with another narrowing; `None` if it is not a search around a place.
fn refined(app: App, (gender, specialty, patient_type): Narrowing) -> Option<Box<Search>> {
    app.state.with_untracked(|state| match &state.finder.board.target {
        Target::Near(search) => {
            Some(Box::new(Search { gender, specialty, patient_type, ..(**search).clone() }))
        }
        _ => None,
    })
}

/// How many of the search's filters the patient has changed from what the page's attributes say.
pub fn sought(cx: &Cx) -> usize {
    let Target::Near(search) = &cx.state.finder.board.target else { return 0 };
    let (now, before) = (narrowing(search), preset(cx.app));
    usize::from(now.0 != before.0) + usize::from(now.1 != before.1) + usize::from(now.2 != before.2)
}

/// The groups of filters that change the search.
fn searches(cx: &Cx) -> Vec<Node> {
    let Target::Near(search) = &cx.state.finder.board.target else { return Vec::new() };
    if search.around.is_none() {
        return Vec::new();
    }
    let now = narrowing(search);
    let ask = |label: String, on: bool, name: &'static str, then: Narrowing| -> Node {
        let screen = cx.screen;
        let press = Box::new(move || {
            if let Some(search) = refined(screen.app, then.clone()) {
                screen.act(Find::Refine(search));
            }
        });
        ui::choice("radio", name, on, label, None, 0, press).into()
    };
    let mut groups = Vec::new();
    let new_or_not = [
        ("near.patient.any", None),
        ("near.patient.new", Some(PatientType::New)),
        ("near.patient.established", Some(PatientType::Established)),
    ];
    let choices = new_or_not.into_iter().map(|(key, patient_type)| {
        ask(cx.t(key), now.2 == patient_type, "patient-type", (now.0.clone(), now.1.clone(), patient_type))
    });
    groups.push(group(cx.t("near.patient"), choices.collect()));
    let clinicians = || cx.state.finder.board.found_clinicians.iter();
    let genders = distinct(clinicians().map(|clinician| &clinician.gender), now.0.as_ref());
    if genders.len() > 1 || now.0.is_some() {
        let any = ask(cx.t("near.gender.any"), now.0.is_none(), "clinician", (None, now.1.clone(), now.2));
        let choices = genders.into_iter().map(|word| {
            let label = match word.to_ascii_lowercase().as_str() {
                "f" | "female" => cx.t("near.gender.woman"),
                "m" | "male" => cx.t("near.gender.man"),
                _ => word.clone(),
            };
            let on = now.0.as_ref().is_some_and(|now| now.eq_ignore_ascii_case(&word));
            ask(label, on, "clinician", (Some(word), now.1.clone(), now.2))
        });
        groups.push(group(cx.t("near.gender"), std::iter::once(any).chain(choices).collect()));
    }
    let specialties = distinct(clinicians().flat_map(|clinician| &clinician.specialties), now.1.as_ref());
    if specialties.len() > 1 || now.1.is_some() {
        let any = ask(cx.t("near.specialty.any"), now.1.is_none(), "specialty", (now.0.clone(), None, now.2));
        let choices = specialties.into_iter().map(|word| {
            let on = now.1.as_ref() == Some(&word);
            ask(word.clone(), on, "specialty", (now.0.clone(), Some(word), now.2))
        });
        groups.push(group(cx.t("near.specialty"), std::iter::once(any).chain(choices).collect()));
    }
    groups
}

/// Each word once, and the current choice `now` even if it is none of the words.
fn distinct<'a>(words: impl Iterator<Item = &'a String>, now: Option<&'a String>) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::new();
    for word in words.chain(now) {
        if !word.is_empty() && !distinct.iter().any(|known| known.eq_ignore_ascii_case(word)) {
            distinct.push(word.clone());
        }
    }
    distinct
}
