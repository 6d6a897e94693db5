//! Mounts a widget into its element, configures it from the attributes, and unmounts it.

use booking::errand::event::Event as Act;
use booking::journey::event::{Change, Event};
use booking::journey::state::State;
use booking::settings::Settings;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::carry_out::run;
use super::effects::Effects;
use super::{App, Appearance, PatientStepExtras, opening, parked, part};
use crate::host::bridge::Bridge;
use crate::host::config::Config;
use crate::host::{config, questions};
use crate::i18n::Words;
use crate::platform::focus::focus;
use crate::platform::listen::{Listener, on_wake};
use crate::platform::{clock, window};
use crate::screen::Root;
use crate::ui::view::{Shown, show};

/// A mounted widget, as the element's script holds it. Freeing it removes the widget from the page.
#[wasm_bindgen]
pub struct Mounted {
    effects: Effects,
    root: HtmlElement,
    _listeners: Vec<Listener>,
    _view: Shown,
}

/// Puts a widget into `root`. `words` maps message keys to texts. If there is a parked widget for the element
/// (its own, or that of another element that looked for the same), the element continues with that widget instead
/// of a new one.
#[wasm_bindgen]
pub fn mount(root: HtmlElement, bridge: &Bridge, locale: &str, words: &JsValue) -> Mounted {
    let parked = parked::take(bridge);
    let is_new = parked.is_none();
    let effects = parked.unwrap_or_else(|| Effects::new(bridge.clone()));
    effects.signals().words.set(Words::read(locale, words));
    let held = effects.clone();
    let view = show(&root, move || {
        provide_context(App::new(&held));
        Root()
    });
    effects.belong_to(bridge, &root);
    configure(&effects, !is_new);
    effects.report_state();
    let woken = effects.clone();
    let listeners = on_wake(move || {
        if window().and_then(|window| window.document()).is_none_or(|document| !document.hidden()) {
            run(&woken, Event::Wake);
        }
    });
    Mounted { effects, root, _listeners: listeners, _view: view }
}

/// Handles the page's `reset()` on any element: the parked widgets start over. Confirmed outcomes are removed; unknown
/// ones, and bookings that are being sent, stay.
#[wasm_bindgen(js_name = resetParked)]
pub fn reset_parked() {
    parked::send(&|| Event::Reset);
}

#[wasm_bindgen]
impl Mounted {
    /// Applies changed attributes or properties.
    pub fn update(&self) {
        configure(&self.effects, false);
    }

    /// Sets another language, or other wordings.
    pub fn speak(&self, locale: &str, words: &JsValue) {
        self.effects.signals().words.set(Words::read(locale, words));
    }

    /// Reads the times again.
    pub fn refresh(&self) {
        run(&self.effects, Event::Refresh);
    }

    /// Starts over and forgets every entry.
    pub fn reset(&self) {
        opening::give_up(&self.effects);
        run(&self.effects, Event::Reset);
    }

    /// Handles the host's report that the patient has signed in and there is a token now.
    #[wasm_bindgen(js_name = signedIn)]
    pub fn signed_in(&self) {
        opening::signed_in(&self.effects);
        run(&self.effects, Act::SignedIn.into());
    }

    /// Focuses the first control, with the page's `FocusOptions`; `false` if there is no control to focus.
    #[wasm_bindgen(js_name = focusFirst)]
    pub fn focus_first(&self, options: &JsValue) -> bool {
        let controls = ":is(button:not(:disabled),a[href],input,select,textarea):not([hidden] *)";
        let control = self.root.query_selector(controls).ok().flatten();
        control.is_some_and(|control| focus(&control, options))
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        if self.effects.is_to_keep() {
            self.effects.park();
            parked::keep(self.effects.clone());
        } else {
            self.effects.end();
        }
    }
}

/// Reads the attributes and applies them. If only the look or the route has changed, the step on screen stays.
/// The finder restarts if the page looks for something else, or for more or fewer days, or if the element continues a
/// parked widget (`is_back`). While a booking is being sent, or a press waits for the errand's part, all changes wait.
pub fn configure(effects: &Effects, is_back: bool) {
    if effects.is_engaged() {
        effects.outdate();
        return;
    }
    let (bridge, signals) = (effects.bridge(), effects.signals());
    let now = clock::now();
    let (mut config, found) = config::read(&|name| bridge.attribute(name), now);
    if let Some(config) = &mut config {
        config.settings.resume = effects.resume(bridge.attribute("resume"), now);
    }
    for diagnosis in effects.report_log().news(found) {
        effects.page_events().diagnose(&diagnosis);
    }
    ask(effects, &bridge, config.as_ref());
    let appearance = config.as_ref().map_or_else(Appearance::default, |config| Appearance {
        heading_level: config.heading_level,
        is_test_system: config.is_test_system,
    });
    if signals.appearance.with_untracked(|known| *known != appearance) {
        signals.appearance.set(appearance);
    }
    let before = effects.config();
    let (is_first, is_other_system) =
        (!effects.is_configured(), !config::is_same_system(before.as_ref(), config.as_ref()));
    let tenant_of = |config: &Option<Config>| config.as_ref().and_then(|config| config.tenant.clone());
    let is_other_tenant = !is_first && tenant_of(&before) != tenant_of(&config);
    effects.configure(config.clone(), is_first || is_other_system);
    if is_other_tenant && part::errand().is_some() {
        run(effects, Act::TenantChanged.into());
    }
    let mut settings = config.map_or_else(Settings::default, |config| config.settings);
    // `getToken` and `cardToken` may come late, and change what is offered.
    (settings.route, settings.takes_cards) = (effects.route(), bridge.has_card());
    let known = signals.settings.get_untracked();
    if known != settings {
        signals.settings.set(settings.clone());
    }
    let change = Change {
        is_elsewhere: is_first || is_other_system || !known.looks_for_the_same(&settings),
        is_other_system: is_first || is_other_system,
    };
    if is_back || change.is_elsewhere || !known.looks_the_same(&settings) {
        let (had_focus, shown) = (effects.has_focus(), effects.outcomes_in_brief());
        run(effects, Event::Configure(change));
        // If the outcome is now shown in brief, the node that had the focus was removed: move the focus to the outcome. If the
        // focus is outside the widget, it stays there.
        if !had_focus || effects.outcomes_in_brief() > shown {
            signals.outcome_focus.set(had_focus);
        }
    } else if known.resume != settings.resume {
        run(effects, Event::Resume);
    }
}

/// Reads what the page adds to the patient step, and reports what is wrong with it.
fn ask(effects: &Effects, bridge: &Bridge, config: Option<&Config>) {
    let (questions, wrong) = questions::read(&bridge.questions());
    let interpreter = config.is_some_and(|config| config.interpreter);
    let extras = PatientStepExtras { questions, interpreter, wrong };
    let known = effects.signals().extras.get_untracked();
    if known != extras {
        if known.wrong != extras.wrong
            && let Some(wrong) = &extras.wrong
        {
            effects.page_events().diagnose(wrong);
        }
        let is_asked_anew = known.questions != extras.questions;
        effects.signals().extras.set(extras);
        let has_details = |state: &State| state.errand.person.details.is_some();
        if is_asked_anew && effects.signals().state.with_untracked(has_details) {
            run(effects, Act::QuestionsChanged.into());
        }
    }
}
