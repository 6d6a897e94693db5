//! What the page wants asked besides: the host's own questions, and whether an interpreter is needed.

use booking::form::Question;
use booking::validate::Field;

use crate::errand::patient::inputs::{select, several, spec};
use crate::errand::patient::someone_else::tick;
use crate::errand::patient::{Form, decided, left, typed};
use crate::host::questions::MOST;
use crate::platform::intl;
use crate::ui;
use crate::ui::form::{Spec, control, field, option};
use crate::ui::view::{El, Node, el};

/// Ids of the questions, by place.
pub const NAMES: [&str; MOST] = [
    "question-1",
    "question-2",
    "question-3",
    "question-4",
    "question-5",
    "question-6",
    "question-7",
    "question-8",
    "question-9",
    "question-10",
    "question-11",
    "question-12",
    "question-13",
    "question-14",
    "question-15",
    "question-16",
    "question-17",
    "question-18",
    "question-19",
    "question-20",
];

/// Languages to have an interpreter for (ISO 639-3), the most spoken in the United States first.
const LANGUAGES: [&str; 14] =
    ["spa", "cmn", "yue", "vie", "tgl", "ara", "fra", "kor", "rus", "por", "hat", "hin", "som", "ase"];

/// The host's questions.
pub fn draw(form: &Form) -> El {
    let questions = (0..).zip(&form.rules.questions).map(|(place, asked)| draw_question(form, place, asked));
    el("div", "fat-part").flag("hidden", form.rules.questions.is_empty()).children(questions.collect())
}

fn draw_question(form: &Form, place: u8, asked: &Question) -> Node {
    let (app, local) = (form.cx.app, form.cx.local);
    let which = Field::Question(place);
    let answer = form.entries.answer(&asked.text);
    let label = if asked.required {
        asked.text.clone()
    } else {
        form.cx.words.with("questions.optional", &[("question", &asked.text)])
    };
    let spec = Spec { label, optional: !asked.required, value: answer.into(), ..spec(form, which) };
    let asked = asked.clone();
    if asked.choices.is_empty() {
        let question = asked.text;
        let typed = move |text| typed(app, |draft| draft.set_answer(&question, text));
        let input = control("input", &spec, Box::new(typed), Box::new(move || left(app, local, which)));
        return field(&spec, input).into();
    }
    let choices = asked.choices.iter().enumerate().map(|(number, choice)| {
        let (question, choice) = (asked.text.clone(), choice.clone());
        let (on, label) = (choice == answer, choice.clone());
        let press = move || {
            typed(app, |draft| draft.set_answer(&question, choice.clone()));
            left(app, local, which);
        };
        let focus = if number == 0 { spec.focus } else { 0 };
        ui::choice("radio", spec.name, on, label, None, focus, Box::new(press)).into()
    });
    several(&spec, ui::choices(choices.collect()))
}

/// How to mend an answer.
pub fn flaw(form: &Form, which: Field) -> String {
    let Field::Question(place) = which else { return String::new() };
    let asked = form.rules.questions.get(usize::from(place));
    let asked = asked.map_or("", |asked| asked.text.as_str());
    form.cx.words.with("questions.flaw", &[("question", asked)])
}

/// Whether an interpreter is needed, and for which language.
pub fn draw_interpreter(form: &Form) -> Option<El> {
    if !form.rules.offers_interpreter() {
        return None;
    }
    let cx = form.cx;
    let (app, local) = (cx.app, cx.local);
    let wants = form.entries.wants_interpreter;
    let press = move || decided(app, local, |draft| draft.wants_interpreter = !wants);
    let tick = tick("interpreter", wants, cx.t("who.interpreter"), Box::new(press));
    let languages = wants.then(|| {
        let name = |code: &&str| option((*code).into(), intl::language(cx.words.locale(), code));
        let options = LANGUAGES.iter().map(name).collect();
        select(form, Field::Language, &form.entries.language, options, |draft, text| draft.language = text)
    });
    Some(el("div", "fat-part").child(tick).maybe(languages))
}
