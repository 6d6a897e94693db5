//! The step for joining a line: where the patient is, for whom, by video or phone, and how long it takes now, or why nobody can
//! be seen now.

use booking::finder::event::Event as Find;
use booking::finder::queue::LineKind;
use booking::ids::{PracticeId, RegionCode};
use booking::on_demand::{Modality, NobodyAvailable, Practice, Qualifier, Region};
use booking::outcome::ApiError;
use booking::settings::Target;
use leptos::prelude::*;

use super::choice::{Ways, WaysProps};
use super::waits::{WaitTimes, WaitTimesProps, said};
use crate::finder::FinderMemos;
use crate::finder::Memory;
use crate::screen::{Cx, Screen, Spot, step, wording};
use crate::ui;
use crate::ui::form::{Spec, control, field, option};
use crate::ui::view::{El, Node, el, nothing};
use crate::ui::watch::Watch;

/// Where the patient is and for whom the visit is: everything on the step but the waits depends on this. A practice is read
/// once, as a whole, so comparing its id is enough.
#[derive(Clone, PartialEq)]
pub struct QueueChoices {
    practice: Option<PracticeId>,
    region: Option<RegionCode>,
    qualifier: Qualifier,
    asks_for_whom: bool,
}

/// The wait of one modality in seconds, with the time of the estimate in seconds since 1970; or why nobody can be
/// seen now. `None` before the waits are read.
pub type Wait = Option<Result<(u32, i64), NobodyAvailable>>;

/// What is known of the waits.
#[derive(Clone, PartialEq)]
pub struct Waits {
    /// The wait by video.
    pub video: Wait,
    /// The wait by phone.
    pub phone: Wait,
    /// Why the waits could not be read.
    pub error: Option<ApiError>,
}

/// The memos of the step.
#[derive(Clone, Copy)]
pub struct QueueMemos {
    /// Names, and the ways to be seen.
    pub finder: FinderMemos,
    /// Where the patient is, and for whom the visit is.
    pub choices: Watch<QueueChoices>,
    /// The waits.
    pub waits: Watch<Waits>,
}

impl QueueMemos {
    fn new(screen: Screen) -> Self {
        let state = screen.app.state;
        let choices = Watch::new(move || {
            state.with(|state| {
                let queue = &state.finder.queue;
                QueueChoices {
                    practice: queue.practice.as_ref().map(|practice| practice.id.clone()),
                    region: queue.region.clone(),
                    qualifier: queue.qualifier,
                    asks_for_whom: queue.asks_for_whom(),
                }
            })
        });
        let waits = Watch::new(move || {
            state.with(|state| {
                let queue = &state.finder.queue;
                let [video, phone] = Modality::ALL.map(|modality| queue.wait(modality));
                Waits { video, phone, error: queue.error }
            })
        });
        Self { finder: FinderMemos::new(screen.app), choices, waits }
    }
}

/// The step for joining a line.
#[component]
pub fn Queue() -> Node {
    let screen = Screen::here();
    let memos = QueueMemos::new(screen);
    let lost = screen.plain(|cx| cx.state.finder.lost.then(|| ui::alert("fat-alert", cx.t("queue.lost"))));
    let refused = screen.plain(|cx| {
        let refusal = cx.state.finder.queue.refused?;
        Some(ui::alert("fat-alert", wording::refusal(cx.words, refusal, true)).child(wording::call(cx)))
    });
    // The refusal follows a press on "Join the line", so the live region announces it.
    if screen.app.state.with_untracked(|state| state.finder.queue.refused.is_some()) {
        screen.acted.set(true);
    }
    step()
        .node(lost)
        .node(Intro(IntroProps { memos }))
        .node(Ways(WaysProps { memos: memos.finder }))
        .node(refused)
        .node(Regions(RegionsProps { memos }))
        .node(ForWhom(ForWhomProps { memos }))
        .node(LineChoice(LineChoiceProps { memos }))
        .node(WaitTimes(WaitTimesProps { memos }))
        .node(screen.line("fat-quiet", "queue.emergency"))
        .node(screen.announce_if_acted(said))
        .into()
}

#[component]
fn Intro(memos: QueueMemos) -> Node {
    let screen = Screen::here();
    screen.draw(move |cx| {
        memos.choices.track();
        let practice = cx.state.finder.queue.practice.as_ref();
        let name = practice.map(|practice| ui::line("fat-fact fat-strong", practice.name.clone()));
        el("header", "fat-intro").child(cx.heading("queue.heading")).maybe(name).into()
    })
}

/// The question in which region the patient is. A single region is shown without a question.
#[component]
fn Regions(memos: QueueMemos) -> Node {
    let screen = Screen::here();
    screen.draw(move |cx| {
        memos.choices.track();
        let queue = &cx.state.finder.queue;
        let practice = queue.practice.as_ref();
        practice.map(|practice| draw_regions(cx, practice, queue.region.as_ref())).into()
    })
}

fn draw_regions(cx: &Cx, practice: &Practice, chosen: Option<&RegionCode>) -> El {
    if let [only] = practice.regions.as_slice() {
        return ui::line("", cx.words.with("queue.only-region", &[("region", &only.name)]));
    }
    let spec = Spec {
        name: "region",
        label: cx.t("queue.region"),
        hint: cx.t("queue.region.why"),
        value: chosen.map(|code| code.as_str().to_owned()).unwrap_or_default(),
        focus: cx.focus(Spot::Region),
        ..Spec::default()
    };
    let screen = cx.screen;
    let picked = move |code: String| {
        if !code.is_empty() {
            screen.act(Find::PickRegion(RegionCode::new(&code)));
        }
    };
    let none = ui::text("option", "", cx.t("field.choose")).attr("value", "").flag("disabled", true);
    let regions = practice.regions.iter();
    let options = regions.map(|region| option(region.code.as_str().to_owned(), region.name.clone()));
    let select = control("select", &spec, Box::new(picked), Box::new(|| ()));
    field(&spec, select.child(none).children(options.collect()))
}

/// The question for whom the visit is, only asked where some clinicians see only children.
#[component]
fn ForWhom(memos: QueueMemos) -> Node {
    let screen = Screen::here();
    screen.draw(move |cx| {
        let (asks, chosen) = memos.choices.with(|choices| (choices.asks_for_whom, choices.qualifier));
        if !asks {
            return nothing();
        }
        let region = cx.state.finder.queue.region();
        let ages = region.and_then(Region::ages_of_children).and_then(|ages| wording::ages(cx.words, ages));
        let choice = |whom: Qualifier, key: &str, ages: Option<String>| -> Node {
            let pick = cx.act(move || Find::ForWhom(whom));
            ui::choice("radio", "for-whom", chosen == whom, cx.t(key), ages, 0, pick).into()
        };
        let choices = vec![
            choice(Qualifier::Adult, "queue.adult", None),
            choice(Qualifier::Pediatric, "queue.child", ages),
        ];
        ui::group("fat-group", cx.t("queue.for-whom")).child(ui::choices(choices)).into()
    })
}

/// The line of the page's clinic or clinician, with the name of that clinic or clinician, if the page offers the line and the
/// name is known.
pub fn own_line(cx: &Cx, memos: FinderMemos) -> Option<(LineKind, String)> {
    let settings = cx.app.settings;
    memos.names.with(|names| {
        settings.with(|settings| match &settings.target {
            Target::Departments(departments) if settings.clinic_line => {
                let first = departments.first()?;
                let clinic = names.departments.iter().find(|known| known.url_name == *first)?;
                Some((LineKind::Clinic, clinic.name.clone()))
            }
            Target::Clinicians { npis, .. } if settings.clinician_line.is_some() => {
                Some((LineKind::Clinician, names.clinician(npis.first()?)?))
            }
            Target::Departments(_)
            | Target::Clinicians { .. }
            | Target::Near(_)
            | Target::Brand(_)
            | Target::OnDemand => None,
        })
    })
}

/// The choice between the region's line and that of the page's clinic or clinician.
#[component]
fn LineChoice(memos: QueueMemos) -> Node {
    let (screen, memory) = (Screen::here(), Memory::here());
    screen.draw(move |cx| {
        let Some((_, name)) = own_line(cx, memos.finder) else { return nothing() };
        let chosen = memory.own_line.get();
        let choice = |own: bool, label: String, key: &str| -> Node {
            let pick = move || memory.own_line.set(own);
            ui::choice("radio", "lane", chosen == own, label, Some(cx.t(key)), 0, Box::new(pick))
                .key(u32::from(own) + 1)
                .into()
        };
        let own = cx.words.with("queue.line-of", &[("name", &name)]);
        let choices =
            vec![choice(false, cx.t("queue.any"), "queue.any.more"), choice(true, own, "queue.own.more")];
        ui::group("fat-group", cx.t("queue.whose")).child(ui::choices(choices)).into()
    })
}
