//! What the page adds to the patient step: its own questions, and whether the patient needs an interpreter.

use booking::form::{Draft, Question};
use booking::validate::Field;
use leptos::prelude::*;

use super::form::{Form, Sheet};
use super::inputs::{select, several, spec};
use super::someone_else::tick;
use crate::host::questions::MOST;
use crate::platform::intl;
use crate::ui;
use crate::ui::form::{Spec, control, field, option};
use crate::ui::view::{Node, el, nothing, part, text_key};

/// Ids of the questions, by position.
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

/// Languages for which an interpreter is offered (ISO 639-3), the most spoken in the United States first.
const LANGUAGES: [&str; 14] =
    ["spa", "cmn", "yue", "vie", "tgl", "ara", "fra", "kor", "rus", "por", "hat", "hin", "som", "ase"];

/// The host's questions.
#[component]
pub fn Questions(form: Form) -> Node {
    form.section(|sheet| {
        let form = sheet.form;
        let questions = (0..).zip(sheet.rules.questions.clone()).map(|(place, asked)| {
            part(key_of(&asked), move || QuestionBox(QuestionBoxProps { form, place, asked }))
        });
        let questions: Vec<Node> = questions.collect();
        el("div", "fat-part").flag("hidden", questions.is_empty()).children(questions).into()
    })
}

/// A key made of the whole question, so that a changed question becomes a new field.
fn key_of(asked: &Question) -> u32 {
    let required = if asked.required { "!" } else { "?" };
    text_key(&[&asked.text, required, &asked.choices.join("|")].concat())
}

#[component]
fn QuestionBox(form: Form, place: u8, asked: Question) -> Node {
    form.field(Field::Question(place), move |sheet| draw_question(sheet, place, &asked))
}

fn draw_question(sheet: &Sheet, place: u8, asked: &Question) -> Node {
    let form = sheet.form;
    let which = Field::Question(place);
    let answer = sheet.entries.answer(asked);
    let label = if asked.required {
        asked.text.clone()
    } else {
        sheet.cx.words.with("questions.optional", &[("question", &asked.text)])
    };
    let spec = Spec { label, optional: !asked.required, value: answer.into(), ..spec(sheet, which) };
    let asked = asked.clone();
    if asked.choices.is_empty() {
        let question = asked.text;
        let typed = move |text| form.keep(|draft| draft.set_answer(&question, text));
        let input = control("input", &spec, Box::new(typed), Box::new(move || form.leave(which)));
        return field(&spec, input).into();
    }
    let choices = asked.choices.iter().enumerate().map(|(number, choice)| {
        let (question, choice) = (asked.text.clone(), choice.clone());
        let (on, label) = (choice == answer, choice.clone());
        let press = move || {
            form.keep(|draft| draft.set_answer(&question, choice.clone()));
            form.leave(which);
        };
        let focus = if number == 0 { spec.focus } else { 0 };
        ui::choice("radio", spec.name, on, label, None, focus, Box::new(press)).into()
    });
    several(&spec, ui::choices(choices.collect())).into()
}

/// The text that says how to correct an answer.
pub fn flaw(sheet: &Sheet, which: Field) -> String {
    let Field::Question(place) = which else { return String::new() };
    let asked = sheet.rules.questions.get(usize::from(place));
    let asked = asked.map_or("", |asked| asked.text.as_str());
    sheet.cx.words.with("questions.flaw", &[("question", asked)])
}

/// Whether an interpreter is needed, and for which language.
#[component]
pub fn Interpreter(form: Form) -> Node {
    form.section(move |sheet| {
        if !sheet.rules.offers_interpreter() {
            return nothing();
        }
        let wants = sheet.entries.wants_interpreter;
        let press = move || form.keep(|draft| draft.wants_interpreter = !wants);
        let tick = tick("interpreter", wants, sheet.cx.t("who.interpreter"), Box::new(press));
        let language = if wants { part(1, move || Language(LanguageProps { form })) } else { nothing() };
        el("div", "fat-part").child(tick).node(language).into()
    })
}

#[component]
fn Language(form: Form) -> Node {
    form.field(Field::Language, |sheet| {
        let locale = sheet.cx.words.locale();
        let name = |code: &&str| option((*code).into(), intl::language(locale, code));
        let options = LANGUAGES.iter().map(name).collect();
        let keep = |draft: &mut Draft, text| draft.language = text;
        select(sheet, Field::Language, &sheet.entries.language, options, keep).into()
    })
}
