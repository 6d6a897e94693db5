//! One widget from its mount to its unmount: configured from the element's attributes, started, told of changes.

use booking::errand::event::Event as Act;
use booking::errand::state::Stage;
use booking::finder::state::Stage as Looking;
use booking::form::Draft;
use booking::journey::event::{Change, Event};
use booking::journey::state::State;
use booking::settings::Settings;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::effects::Effects;
use super::{App, Asks, Look};
use crate::host::bridge::Bridge;
use crate::host::{config, questions};
use crate::i18n::Words;
use crate::platform::clock;
use crate::platform::listen::{Listener, on_wake};
use crate::screen::Root;

/// A mounted widget, as the element's script holds it. Freeing it takes the widget off the page.
#[wasm_bindgen]
pub struct Mounted {
    app: App,
    effects: Effects,
    root: HtmlElement,
    _listeners: Vec<Listener>,
    _view: leptos::mount::UnmountHandle<AnyViewState>,
}

/// Puts a widget into `root`. `words` maps message keys to texts.
#[wasm_bindgen]
pub fn mount(root: HtmlElement, bridge: Bridge, locale: &str, words: &JsValue) -> Mounted {
    let effects = Effects::new(bridge);
    let (held, words) = (effects.clone(), Words::new(locale, pack(words)));
    // The closure runs at once, inside the widget's own reactive owner.
    let made = std::rc::Rc::new(std::cell::Cell::new(None));
    let out = made.clone();
    let view = leptos::mount::mount_to(root.clone(), move || {
        let app = App {
            state: RwSignal::new(State::default()),
            settings: RwSignal::new(Settings::default()),
            look: RwSignal::new(Look { heading_level: 2, is_test_system: false }),
            words: RwSignal::new(words),
            asks: RwSignal::new(Asks::default()),
            draft: RwSignal::new(Draft::default()),
            effects: StoredValue::new_local(held),
        };
        out.set(Some(app));
        provide_context(app);
        Root().into_any()
    });
    let Some(app) = made.get() else { wasm_bindgen::throw_str("not mounted") };
    configure(app);
    let listeners = on_wake(move || {
        if web_sys::window().and_then(|window| window.document()).is_none_or(|document| !document.hidden()) {
            app.send(Event::Wake);
        }
    });
    Mounted { app, effects, root, _listeners: listeners, _view: view }
}

#[wasm_bindgen]
impl Mounted {
    /// Attributes or properties changed.
    pub fn update(&self) {
        configure(self.app);
    }

    /// Another language, or other wordings.
    pub fn speak(&self, locale: &str, words: &JsValue) {
        self.app.words.set(Words::new(locale, pack(words)));
    }

    /// Reads the times again.
    pub fn refresh(&self) {
        self.app.send(Event::Refresh);
    }

    /// Starts over and forgets every entry.
    pub fn reset(&self) {
        self.app.send(Event::Reset);
    }

    /// The host says that there is a token now.
    #[wasm_bindgen(js_name = signedIn)]
    pub fn signed_in(&self) {
        self.app.send(Act::SignedIn);
    }

    /// Focuses the first control; `false` when there is none.
    #[wasm_bindgen(js_name = focusFirst)]
    pub fn focus_first(&self) -> bool {
        let control =
            self.root.query_selector("button:not(:disabled),a[href],input,select,textarea").ok().flatten();
        control
            .and_then(|control| control.dyn_into::<HtmlElement>().ok())
            .is_some_and(|control| control.focus().is_ok())
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.effects.stop();
    }
}

/// A pack's entries; values that are not text are left out, so that their keys show.
fn pack(words: &JsValue) -> Vec<(String, String)> {
    let Some(words) = words.dyn_ref::<js_sys::Object>() else { return Vec::new() };
    js_sys::Object::entries(words)
        .iter()
        .filter_map(|entry| {
            let entry: js_sys::Array = entry.unchecked_into();
            Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
        })
        .collect()
}

/// Reads the attributes and takes them over: what only changes the look or the route takes effect in place, another
/// target or tier begins anew. Under a booking on its way everything waits.
pub fn configure(app: App) {
    let Some(effects) = app.effects.try_get_value() else { return };
    if app.state.try_with_untracked(|state| matches!(state.errand.stage, Stage::Sending(..))).unwrap_or(true)
    {
        effects.outdate();
        return;
    }
    let bridge = effects.bridge().clone();
    let (config, found) = config::read(&|name| bridge.attribute(name), clock::now());
    for diagnosis in &found {
        effects.voice().diagnose(diagnosis);
    }
    let (questions, wrong) = questions::read(&bridge.questions());
    let interpreter = config.as_ref().is_some_and(|config| config.interpreter);
    let asks = Asks { questions, interpreter, wrong };
    let known = app.asks.get_untracked();
    if known != asks {
        if known.wrong != asks.wrong
            && let Some(wrong) = &asks.wrong
        {
            effects.voice().diagnose(wrong);
        }
        app.asks.set(asks);
    }
    let settings = config.as_ref().map_or_else(Settings::default, |config| config.settings.clone());
    let look = config.as_ref().map_or(Look { heading_level: 2, is_test_system: false }, |config| Look {
        heading_level: config.heading_level,
        is_test_system: config.is_test_system,
    });
    let tier = config.as_ref().map(|config| config.tier.clone());
    let before = effects.configure(config);
    let moved = before.map(|before| before.tier) != tier;
    let fresh = app
        .state
        .with_untracked(|state| state.errand.stage.is_idle() && state.finder.stage == Looking::Loading);
    app.look.set(look);
    if moved || fresh || app.settings.with_untracked(|known| *known != settings) {
        app.settings.set(settings);
        app.send(Event::Configure(Change { is_elsewhere: true, is_other_system: moved }));
    }
}
