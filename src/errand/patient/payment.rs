//! How the visit is paid for: what may be chosen, the insurance card's words, a coupon and its answer (API reference §3.9).

use booking::api::CouponTrouble;
use booking::errand::event::Event as Act;
use booking::errand::state::{CouponCheck, Errand, Stage};
use booking::form::fields;
use booking::journey::state::State;
use booking::patient::Details;
use booking::payment::{self, Insurance, Issuer, Method, Payment};
use booking::validate::{Field, Flaw, Whose, folded};
use leptos::prelude::*;

use crate::errand::patient::inputs::{draw_field, draw_fields, several, spec};
use crate::errand::patient::someone_else::tick;
use crate::errand::patient::{Form, decided, entries_now};
use crate::platform::intl;
use crate::screen::Cx;
use crate::ui::form::{Spec, control, field};
use crate::ui::view::{El, Node, el, nothing};
use crate::ui::{self, Weight};

/// The whole question.
pub fn draw(form: &Form) -> Node {
    let cx = form.cx;
    let method = form.rules.method(form.entries);
    let is_other = method == Some(Method::OtherInsurance);
    let price = price(form.errand).map(|cents| {
        let price = intl::money(cx.words.locale(), cents);
        ui::line("", cx.words.with("pay.price", &[("price", &price)]))
    });
    let part = ui::group("fat-part", cx.t("pay.heading")).maybe(price).node(choice(form));
    match method {
        Some(Method::OwnInsurance | Method::OtherInsurance) => part
            .child(insurance(form).key(1))
            .maybe(is_other.then(|| whose(form)))
            .children(draw_fields(form, &[Field::Subscriber])),
        Some(Method::Coupon) => part.child(coupon(form).key(2)),
        Some(Method::Card) => part.child(cx.line("fat-quiet", "pay.card.text").key(3)),
        Some(Method::BilledLater) if !form.rules.methods.is_empty() => {
            part.child(cx.line("fat-quiet", "pay.later.text").key(4))
        }
        _ => part,
    }
    .into()
}

/// What an on-demand visit costs, in cents, where it is said.
fn price(errand: &Errand) -> Option<u32> {
    errand.now().map(|now| now.region.price).filter(|cents| *cents > 0)
}

/// A method in words; for another patient, whose insurance is whose is said from their side.
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

/// The methods; a single one is no question.
fn choice(form: &Form) -> Node {
    let cx = form.cx;
    let for_other = form.entries.for_other;
    let chosen = form.rules.method(form.entries);
    if let (Some(only), true) = (chosen, form.rules.methods.len() < 2) {
        return ui::line("", words(cx, only, for_other)).into();
    }
    let spec = Spec { label: cx.t("pay.choose"), ..spec(form, Field::Pay) };
    let (app, local) = (cx.app, cx.local);
    let one = |(place, method): (usize, &Method)| {
        let method = *method;
        let press = move || {
            local.update(|local| local.flaws.retain(|(field, _)| *field != Field::Pay));
            decided(app, local, |draft| draft.pay = Some(method));
            if matches!(method, Method::OwnInsurance | Method::OtherInsurance) {
                app.send(Act::NeedIssuers);
            }
        };
        let focus = if place == 0 { spec.focus } else { 0 };
        let text = words(cx, method, for_other);
        ui::choice("radio", "pay", chosen == Some(method), text, None, focus, Box::new(press)).into()
    };
    let choices = form.rules.methods.iter().enumerate().map(one).collect();
    several(&spec, ui::choices(choices))
}

/// The insurance card's words.
fn insurance(form: &Form) -> El {
    let cx = form.cx;
    let (app, local) = (cx.app, cx.local);
    let (insurer, by_hand) = match &cx.state.errand.issuers {
        None => (cx.line("fat-progress", "pay.insurers.reading"), false),
        Some(Ok(issuers)) if !issuers.is_empty() => (insurers(form, issuers), form.entries.card.by_hand),
        Some(Ok(_)) => (cx.line("", "pay.insurers.none"), true),
        Some(Err(_)) => {
            let again = move || {
                decided(app, local, |draft| draft.card.search.clone_from(&draft.card.name));
                app.send(Act::NeedIssuers);
            };
            let again = cx.button(Weight::Link, "retry", Box::new(again));
            (el("div", "").child(cx.line("", "pay.insurers.unread")).child(again), true)
        }
    };
    let name = if by_hand { draw_field(form, Field::Insurer) } else { nothing() };
    el("div", "fat-part")
        .child(insurer)
        .node(name)
        .children(draw_fields(form, &[Field::Member, Field::Group]))
}

/// Those whose name has every word that was typed, and the one that is chosen.
fn matching<'a>(issuers: &'a [Issuer], search: &str, chosen: Option<&Issuer>) -> Vec<&'a Issuer> {
    let words: Vec<String> = search.split_whitespace().map(folded).collect();
    let found = |issuer: &&Issuer| {
        let name = folded(&issuer.name);
        chosen == Some(*issuer) || words.iter().all(|word| name.contains(word.as_str()))
    };
    issuers.iter().filter(found).collect()
}

/// The list, narrowed by what is typed above it; who is on no list types the name.
fn insurers(form: &Form, issuers: &[Issuer]) -> El {
    let cx = form.cx;
    let (app, local) = (cx.app, cx.local);
    let card = &form.entries.card;
    let found = matching(issuers, &card.search, card.issuer.as_ref());
    let told = spec(form, Field::Insurer);
    let search = Spec {
        name: "insurer-search",
        label: cx.t("pay.insurer"),
        hint: cx.t("pay.insurer.hint"),
        flaw: if card.by_hand { String::new() } else { told.flaw },
        autocomplete: "off",
        focus: if card.by_hand { 0 } else { told.focus },
        value: card.search.clone(),
        ..Spec::default()
    };
    let typed = move |text| decided(app, local, |draft| draft.card.search = text);
    let input = control("input", &search, Box::new(typed), Box::new(|| {}));
    let keep = move |issuer: Option<Issuer>| {
        local.update(|local| local.flaws.retain(|(field, _)| *field != Field::Insurer));
        decided(app, local, |draft| {
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
    let list = ui::group("fat-insurers", cx.words.count("pay.insurers", found.len()))
        .child(el("div", "fat-choices fat-column").children(choices));
    el("div", "fat-part").child(field(&search, input)).child(list)
}

/// Whose insurance it is. Whoever books for somebody else is asked no more than whether it is theirs.
fn whose(form: &Form) -> El {
    let cx = form.cx;
    let (app, local) = (cx.app, cx.local);
    let is_third = form.entries.card.is_third;
    let press = move || decided(app, local, |draft| draft.card.is_third = !is_third);
    let mine =
        form.entries.for_other.then(|| tick("insured-me", !is_third, cx.t("pay.mine"), Box::new(press)));
    let part = el("div", "fat-part").maybe(mine);
    if fields::asks_insured(form.entries, &form.rules) {
        let fields = draw_fields(form, &fields::identity(Whose::Insured));
        part.child(ui::group("fat-part", cx.t("pay.insured")).children(fields))
    } else {
        part
    }
}

/// A code, "Apply", and what came of it.
fn coupon(form: &Form) -> El {
    let cx = form.cx;
    let (app, local) = (cx.app, cx.local);
    let check = form.rules.checked(form.entries);
    let mut spec = spec(form, Field::Coupon);
    spec.value.clone_from(&form.entries.coupon);
    if let Some(check) = check {
        let said = checked(cx, check, price(form.errand));
        let is_good = matches!(check, CouponCheck::Checking | CouponCheck::Active(_));
        (spec.hint, spec.flaw) = if is_good { (said, String::new()) } else { (String::new(), said) };
        // A bad answer leads back to the field, whoever asked for it.
        spec.focus |= if is_good { 0 } else { 1 << 31 };
    }
    // An answer to another code goes as soon as this one is no longer that.
    let typed = move |text| {
        decided(app, local, |draft| draft.coupon = text);
        let is_checking =
            |state: &State| matches!(state.errand.person.coupon, Some((_, CouponCheck::Checking)));
        if app.state.with_untracked(is_checking) {
            app.send(Act::CheckCoupon(String::new()));
        }
    };
    let input = control("input", &spec, Box::new(typed), Box::new(|| {}));
    let apply = move || {
        let code = entries_now(app).coupon.trim().to_owned();
        local.update(|local| {
            local.flaws.retain(|(field, _)| *field != Field::Coupon);
            if code.is_empty() {
                local.flaws.push((Field::Coupon, Flaw::Missing));
                crate::screen::go_to(local, crate::screen::Spot::Field(Field::Coupon));
            }
        });
        app.send(Act::CheckCoupon(code));
    };
    field(&spec, input).child(cx.button(Weight::Plain, "coupon.apply", Box::new(apply)))
}

/// What a check said.
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
        CouponCheck::Trouble(CouponTrouble::Unknown) => "coupon.unknown",
        CouponCheck::Trouble(CouponTrouble::TooMany) => "coupon.too-many",
        CouponCheck::Trouble(CouponTrouble::Failed(_)) => "coupon.unchecked",
    })
}

/// What the live region says of the patient step: how many insurers match, what a coupon's check said.
pub fn status(cx: &Cx) -> String {
    let draft = cx.app.draft.get_untracked();
    let Stage::Patient(errand) = &cx.state.errand.stage else { return String::new() };
    match (draft.pay, &cx.state.errand.issuers, &cx.state.errand.person.coupon) {
        (Some(Method::OwnInsurance | Method::OtherInsurance), Some(Ok(issuers)), _)
            if !draft.card.search.is_empty() && !issuers.is_empty() =>
        {
            let found = matching(issuers, &draft.card.search, draft.card.issuer.as_ref());
            cx.words.count("pay.insurers", found.len())
        }
        (Some(Method::Coupon), _, Some((code, check))) if *code == draft.coupon.trim() => {
            checked(cx, *check, price(errand))
        }
        _ => String::new(),
    }
}

/// Whether there is something to pay at the clinic.
pub fn pays_on_arrival(cx: &Cx) -> bool {
    cx.state.errand.person.details.as_ref().is_some_and(|details| details.payment == Payment::OnArrival)
}

/// How it is paid for, as the review tells it.
pub fn lines(cx: &Cx, details: &Details) -> Vec<String> {
    let method = words(cx, details.payment.method(), false);
    match &details.payment {
        Payment::Insurance(insurance) => card_lines(cx, insurance),
        Payment::Coupon(code) => vec![method, code.clone()],
        Payment::Card => vec![method, cx.t("pay.card.text")],
        Payment::BilledLater => vec![method, cx.t("pay.later.text")],
        Payment::OnArrival => vec![cx.t("pay.arrival")],
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
