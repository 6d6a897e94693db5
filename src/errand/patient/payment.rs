//! How the visit is paid for: the methods, the insurance card's fields, and a coupon with its check (API reference §3.9).

use booking::api::CouponError;
use booking::errand::event::Event as Act;
use booking::errand::state::{CouponCheck, Errand, Stage};
use booking::form::fields;
use booking::journey::state::State;
use booking::patient::Details;
use booking::payment::{self, Insurance, Issuer, Method, Payment as Paid};
use booking::validate::{Field, Flaw, PersonRole, folded};
use leptos::prelude::*;

use super::form::{Form, Sheet, entries_now, rules_of};
use super::inputs::{draw_field, draw_fields, several, spec};
use super::someone_else::tick;
use crate::platform::intl;
use crate::screen::{Cx, Spot, stamp};
use crate::ui::form::{Spec, control, field};
use crate::ui::view::{El, Node, el, nothing, part};
use crate::ui::watch::Watch;
use crate::ui::{self, Weight};

/// The question about payment, with the fields of the chosen method.
#[component]
pub fn Payment(form: Form) -> Node {
    form.section(move |sheet| {
        let cx = sheet.cx;
        let method = sheet.rules.method(sheet.entries);
        let is_other = method == Some(Method::OtherInsurance);
        let price = price(sheet.errand).map(|cents| {
            let price = intl::money(cx.words.locale(), cents);
            ui::line("", cx.words.with("pay.price", &[("price", &price)]))
        });
        let choice = part(5, move || Methods(MethodsProps { form }));
        let whole = ui::group("fat-part", cx.t("pay.heading")).maybe(price).node(choice);
        match method {
            Some(Method::OwnInsurance | Method::OtherInsurance) => whole
                .child(insurance(sheet).key(1))
                .maybe(is_other.then(|| insured_question(sheet)))
                .children(draw_fields(sheet, &[Field::Subscriber])),
            Some(Method::Coupon) => whole.node(part(2, move || Coupon(CouponProps { form }))),
            Some(Method::Card) => whole.child(cx.line("fat-quiet", "pay.card.text").key(3)),
            Some(Method::BilledLater) if !sheet.rules.methods.is_empty() => {
                whole.child(cx.line("fat-quiet", "pay.later.text").key(4))
            }
            Some(Method::BilledLater | Method::OnArrival) | None => whole,
        }
        .into()
    })
}

/// The price of an on-demand visit in cents, if the region names one.
fn price(errand: &Errand) -> Option<u32> {
    errand.on_demand().map(|visit| visit.region.price).filter(|cents| *cents > 0)
}

/// A method in words. If the visit is for somebody else (`for_other`), "own insurance" is the patient's, not the
/// account holder's.
fn words(cx: &Cx, method: Method, for_other: bool) -> String {
    cx.t(match method {
        Method::OnArrival => "pay.on-arrival",
        Method::OwnInsurance if for_other => "pay.own.patient",
        Method::OwnInsurance => "pay.own",
        Method::OtherInsurance if for_other => "pay.other.patient",
        Method::OtherInsurance => "pay.other",
        Method::Coupon => "pay.coupon",
        Method::Card => "pay.card",
        Method::BilledLater => "pay.later",
    })
}

/// The choice of methods. A single method is shown without a choice.
#[component]
fn Methods(form: Form) -> Node {
    let (flaw, wishes) = form.signals(Field::Pay);
    form.section(move |sheet| {
        flaw.track();
        wishes.track();
        draw_methods(sheet)
    })
}

fn draw_methods(sheet: &Sheet) -> Node {
    let (cx, form) = (sheet.cx, sheet.form);
    let for_other = sheet.entries.for_other;
    let chosen = sheet.rules.method(sheet.entries);
    if let (Some(only), true) = (chosen, sheet.rules.methods.len() < 2) {
        return ui::line("", words(cx, only, for_other)).into();
    }
    let spec = Spec { label: cx.t("pay.choose"), ..spec(sheet, Field::Pay) };
    let one = |(place, method): (usize, &Method)| {
        let method = *method;
        let press = move || {
            form.forgive(Field::Pay);
            form.keep(|draft| draft.pay = Some(method));
            if matches!(method, Method::OwnInsurance | Method::OtherInsurance) {
                form.screen.app.send(Act::NeedIssuers);
            }
        };
        let focus = if place == 0 { spec.focus } else { 0 };
        let text = words(cx, method, for_other);
        ui::choice("radio", "pay", chosen == Some(method), text, None, focus, Box::new(press)).into()
    };
    let choices = sheet.rules.methods.iter().enumerate().map(one).collect();
    several(&spec, ui::choices(choices)).into()
}

/// The fields of the insurance card.
fn insurance(sheet: &Sheet) -> El {
    let (cx, form) = (sheet.cx, sheet.form);
    let (insurer, by_hand) = match &cx.state.errand.issuers {
        None => (cx.line("fat-progress", "pay.insurers.reading").into(), false),
        Some(Ok(issuers)) if !issuers.is_empty() => {
            (part(1, move || Insurers(InsurersProps { form })), sheet.entries.card.by_hand)
        }
        Some(Ok(_)) => (cx.line("", "pay.insurers.none").into(), true),
        Some(Err(_)) => {
            let again = move || {
                // The button is removed while the list is read, so the focus moves.
                form.screen.go_to(Spot::Insurers);
                form.keep(|draft| draft.card.search.clone_from(&draft.card.name));
                form.screen.app.send(Act::NeedIssuers);
            };
            let again = cx.button(Weight::Link, "retry", Box::new(again));
            (el("div", "").child(cx.line("", "pay.insurers.unread")).child(again).into(), true)
        }
    };
    let name = if by_hand { draw_field(form, Field::Insurer) } else { nothing() };
    let focus = stamp(cx.screen.wish(), Spot::Insurers);
    if focus != 0 {
        // End the wish: these fields may be drawn anew when the patient chooses another way to pay and comes back.
        cx.screen.fulfil();
    }
    el("div", "fat-part")
        .attr("tabindex", "-1")
        .focus(focus)
        .node(insurer)
        .node(name)
        .children(draw_fields(sheet, &[Field::Member, Field::Group]))
}

/// The insurers whose name contains every typed word, and the chosen one.
fn matching<'a>(issuers: &'a [Issuer], search: &str, chosen: Option<&Issuer>) -> Vec<&'a Issuer> {
    let words: Vec<String> = search.split_whitespace().map(folded).collect();
    let found = |issuer: &&Issuer| {
        let name = folded(&issuer.name);
        chosen == Some(*issuer) || words.iter().all(|word| name.contains(word.as_str()))
    };
    issuers.iter().filter(found).collect()
}

/// The list of insurers, narrowed by the search field above it; a patient whose insurer is not listed types its name.
#[component]
fn Insurers(form: Form) -> Node {
    let (flaw, wishes) = form.signals(Field::Insurer);
    let search = form.section(move |sheet| {
        flaw.track();
        wishes.track();
        draw_search(sheet).into()
    });
    let list = form.section(move |sheet| {
        // The list follows every keystroke.
        form.screen.app.draft.track();
        draw_insurers(sheet).into()
    });
    el("div", "fat-part").node(search).node(list).into()
}

fn draw_search(sheet: &Sheet) -> El {
    let (cx, form, card) = (sheet.cx, sheet.form, &sheet.entries.card);
    let insurer = spec(sheet, Field::Insurer);
    let search = Spec {
        name: "insurer-search",
        label: cx.t("pay.insurer"),
        hint: cx.t("pay.insurer.hint"),
        flaw: if card.by_hand { String::new() } else { insurer.flaw },
        autocomplete: "off",
        focus: if card.by_hand { 0 } else { insurer.focus },
        value: card.search.clone(),
        ..Spec::default()
    };
    let typed = move |text| form.keep(|draft| draft.card.search = text);
    field(&search, control("input", &search, Box::new(typed), Box::new(|| {})))
}

fn draw_insurers(sheet: &Sheet) -> El {
    let (cx, form, card) = (sheet.cx, sheet.form, &sheet.entries.card);
    let found = matching(sheet.rules.issuers, &card.search, card.issuer.as_ref());
    let keep = move |issuer: Option<Issuer>| {
        form.forgive(Field::Insurer);
        form.keep(|draft| {
            draft.card.by_hand = issuer.is_none();
            draft.card.issuer = issuer;
        });
    };
    let one = |issuer: &&Issuer| {
        let on = !card.by_hand && card.issuer.as_ref() == Some(*issuer);
        let (name, issuer) = (issuer.name.clone(), (*issuer).clone());
        let press = move || keep(Some(issuer.clone()));
        ui::choice("radio", "insurer", on, name, None, 0, Box::new(press)).into()
    };
    let mut choices: Vec<Node> = found.iter().map(one).collect();
    let unlisted = cx.t("pay.insurer.unlisted");
    choices.push(
        ui::choice("radio", "insurer", card.by_hand, unlisted, None, 0, Box::new(move || keep(None))).into(),
    );
    ui::group("fat-insurers", cx.words.count("pay.insurers", found.len()))
        .child(el("div", "fat-choices fat-column").children(choices))
}

/// The question whose insurance it is. An account holder who books for somebody else first says whether it is their
/// own; only if not, the fields of the insured person follow.
fn insured_question(sheet: &Sheet) -> El {
    let (cx, form) = (sheet.cx, sheet.form);
    let is_third = sheet.entries.card.is_third;
    let press = move || form.keep(|draft| draft.card.is_third = !is_third);
    let mine =
        sheet.entries.for_other.then(|| tick("insured-me", !is_third, cx.t("pay.mine"), Box::new(press)));
    let part = el("div", "fat-part").maybe(mine);
    if fields::asks_insured(sheet.entries, &sheet.rules) {
        let fields = draw_fields(sheet, &fields::identity(PersonRole::Insured));
        part.child(ui::group("fat-part", cx.t("pay.insured")).children(fields))
    } else {
        part
    }
}

/// The coupon's field, "Apply", and the result of the check.
#[component]
fn Coupon(form: Form) -> Node {
    let (flaw, wishes) = form.signals(Field::Coupon);
    // The result is shown only while the typed code is the one that was checked.
    let check = Watch::new(move || {
        let app = form.screen.app;
        app.state.with(|state| {
            let (code, check) = state.errand.person.coupon.as_ref()?;
            app.draft.with(|draft| (*code == draft.coupon.trim()).then_some(*check))
        })
    });
    form.section(move |sheet| {
        flaw.track();
        wishes.track();
        draw_coupon(sheet, check.get()).into()
    })
}

fn draw_coupon(sheet: &Sheet, check: Option<CouponCheck>) -> El {
    let (cx, form) = (sheet.cx, sheet.form);
    let mut spec = spec(sheet, Field::Coupon);
    spec.value.clone_from(&sheet.entries.coupon);
    if let Some(check) = check {
        let said = checked(cx, check, price(sheet.errand));
        let is_good = matches!(check, CouponCheck::Checking | CouponCheck::Active(_));
        (spec.hint, spec.flaw) = if is_good { (said, String::new()) } else { (String::new(), said) };
        // A bad result moves the focus to the field, even if the check was not started by "Apply".
        spec.focus |= if is_good { 0 } else { 1 << 31 };
    }
    let typed = move |text| {
        form.keep(|draft| draft.coupon = text);
        let is_checking =
            |state: &State| matches!(state.errand.person.coupon, Some((_, CouponCheck::Checking)));
        if form.screen.app.state.with_untracked(is_checking) {
            form.screen.app.send(Act::CheckCoupon(String::new()));
        }
    };
    let input = control("input", &spec, Box::new(typed), Box::new(|| {}));
    let apply = move || {
        let app = form.screen.app;
        let code = entries_now(app).coupon.trim().to_owned();
        form.forgive(Field::Coupon);
        if code.is_empty() {
            form.flaws.update(|flaws| flaws.push((Field::Coupon, Flaw::Missing)));
            form.screen.go_to(Spot::Field(Field::Coupon));
        }
        app.send(Act::CheckCoupon(code));
    };
    field(&spec, input).child(cx.button(Weight::Plain, "coupon.apply", Box::new(apply)))
}

/// The result of a check, in words.
fn checked(cx: &Cx, check: CouponCheck, price: Option<u32>) -> String {
    let money = |cents| intl::money(cx.words.locale(), cents);
    cx.t(match check {
        CouponCheck::Checking => "coupon.checking",
        CouponCheck::Active(off) => {
            let left = price.map(|price| payment::net(price, off));
            let key = match left {
                Some(0) => "coupon.covers",
                Some(_) => "coupon.active",
                None => "coupon.off",
            };
            let left = money(left.unwrap_or(0));
            return cx.words.with(key, &[("off", &money(off)), ("left", &left)]);
        }
        CouponCheck::Inactive => "coupon.inactive",
        CouponCheck::Failed(CouponError::Unknown) => "coupon.unknown",
        CouponCheck::Failed(CouponError::TooMany) => "coupon.too-many",
        CouponCheck::Failed(CouponError::Failed(_)) => "coupon.unchecked",
    })
}

/// Announces how far the read of the insurers is, how many of them match, and the result of a coupon's check.
pub fn announce(form: Form) -> Node {
    form.screen.announce(move |cx| {
        let draft = cx.app.draft.get();
        let Stage::Patient(errand) = &cx.state.errand.stage else { return String::new() };
        // The method of the rules: of a single method the draft knows nothing, and it may keep one from another errand.
        let method = rules_of(cx.app, cx.state, errand).method(&draft);
        match (method, &cx.state.errand.person.coupon) {
            (Some(Method::OwnInsurance | Method::OtherInsurance), _) => match &cx.state.errand.issuers {
                None => cx.t("pay.insurers.reading"),
                Some(Err(_)) => cx.t("pay.insurers.unread"),
                Some(Ok(issuers)) if !draft.card.search.is_empty() && !issuers.is_empty() => {
                    let found = matching(issuers, &draft.card.search, draft.card.issuer.as_ref());
                    cx.words.count("pay.insurers", found.len())
                }
                Some(Ok(_)) => String::new(),
            },
            (Some(Method::Coupon), Some((code, check))) if *code == draft.coupon.trim() => {
                checked(cx, *check, price(errand))
            }
            _ => String::new(),
        }
    })
}

/// Whether there is something to pay at the clinic for the outcome on screen.
pub fn pays_on_arrival(cx: &Cx) -> bool {
    cx.state.errand.people().is_some_and(|people| people.pays_on_arrival)
}

/// How the visit is paid for, as lines of the review.
pub fn lines(cx: &Cx, details: &Details) -> Vec<String> {
    let method = words(cx, details.payment.method(), false);
    match &details.payment {
        Paid::Insurance(insurance) => card_lines(cx, insurance),
        Paid::Coupon(code) => vec![method, code.clone()],
        Paid::Card => vec![method, cx.t("pay.card.text")],
        Paid::BilledLater => vec![method, cx.t("pay.later.text")],
        Paid::OnArrival => vec![cx.t("pay.arrival")],
    }
}

fn card_lines(cx: &Cx, insurance: &Insurance) -> Vec<String> {
    let told = |key, value: &str| {
        if value.is_empty() { String::new() } else { cx.words.with(key, &[("value", value)]) }
    };
    let insured =
        insurance.guarantor.as_ref().map(|insured| [insured.given.as_str(), &insured.family].join(" "));
    vec![
        told("pay.told.insurance", &insurance.issuer.name),
        told("pay.told.insured", &insured.unwrap_or_default()),
        told("pay.told.member", &insurance.member),
        told("pay.told.group", &insurance.group),
        told("pay.told.subscriber", &insurance.subscriber),
    ]
}
