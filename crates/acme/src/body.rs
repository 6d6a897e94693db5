//! The objects that patient and booking bodies share, checked field by field (API reference §1.9, §2.19).

use serde_json::{Map, Value};

use crate::refusal::Refusal;
use crate::request::Fields;
use crate::rules::{self, GENDERS, NAME_USES, RELATIONSHIPS, WRITABLE_GENDERS};
use crate::state::Acme;
use crate::world::billing::DECLINED_CARD;
use crate::world::people::{Address, Demographics, HumanName};
use crate::world::visit_types::Ehr;

/// Reads the body of find-or-create: the target EHR and the person's demographics.
pub fn demographics(acme: &Acme, body: &Map<String, Value>) -> Result<(Ehr, Demographics), Refusal> {
    let body = Fields::of(body);
    let name = body.object("name")?;
    let usage = match name.optional_text("use")? {
        Some(_) => Some(name.one_of("use", &NAME_USES)?.to_owned()),
        None => None,
    };
    let part = |field: &str| name.optional_text(field).map(|text| text.map(str::to_owned));
    let name = HumanName {
        family: name.text_within("family", 100)?.to_owned(),
        given: name.text_within("given", 100)?.to_owned(),
        middle: part("middle")?,
        prefix: part("prefix")?,
        suffix: part("suffix")?,
        usage,
    };
    let addresses = body.objects("addresses")?;
    if addresses.is_empty() {
        return Err(body.wrong("addresses", "must have at least one entry"));
    }
    let addresses = addresses.iter().map(|entry| address(acme, entry)).collect::<Result<_, _>>()?;
    let ssn = match body.optional_text("ssn")? {
        Some(text) if !acme.rules.is_last_four(text) => {
            return Err(body.wrong("ssn", "must be the last four digits"));
        }
        text => text.unwrap_or_default().to_owned(),
    };
    let identifiers = body.objects("identifiers")?;
    let [identifier] = identifiers.as_slice() else {
        return Err(body.wrong("identifiers", "must have exactly one entry"));
    };
    let ehr = ehr(identifier, "system")?;
    let demographics = Demographics {
        name,
        addresses,
        birthdate: birth_date(acme, &body, "birthdate")?,
        email: email(acme, &body)?,
        gender: body.one_of("gender", &WRITABLE_GENDERS)?.to_owned(),
        ssn,
        home_phone: optional_phone(acme, &body, "homePhone")?,
        mobile_phone: optional_phone(acme, &body, "mobilePhone")?,
        work_phone: optional_phone(acme, &body, "workPhone")?,
    };
    Ok((ehr, demographics))
}

/// Reads the name of an EHR system that Acme knows.
pub fn ehr(fields: &Fields, field: &str) -> Result<Ehr, Refusal> {
    let name = fields.text(field)?;
    Ehr::named(name).ok_or_else(|| fields.wrong(field, "is not a known EHR system"))
}

/// Reads an address.
pub fn address(acme: &Acme, fields: &Fields) -> Result<Address, Refusal> {
    let postal_code = fields.text("postalCode")?;
    if !acme.rules.is_postal_code(postal_code) {
        return Err(fields.wrong("postalCode", "is not a valid ZIP code"));
    }
    let line2 = match fields.optional_text("line2")? {
        Some(_) => Some(fields.text_within("line2", 100)?.to_owned()),
        None => None,
    };
    Ok(Address {
        line1: fields.text_within("line1", 100)?.to_owned(),
        line2,
        city: fields.text_within("city", 100)?.to_owned(),
        state: fields.text_within("state", 30)?.to_owned(),
        postal_code: postal_code.to_owned(),
    })
}

/// Reads a birth date, which must not be in the future.
pub fn birth_date(acme: &Acme, fields: &Fields, field: &str) -> Result<String, Refusal> {
    let text = fields.text(field)?;
    let date = rules::date(text).ok_or_else(|| fields.wrong(field, "must be a date (YYYY-MM-DD)"))?;
    if date > acme.now().date_naive() {
        return Err(fields.wrong(field, "must not be in the future"));
    }
    Ok(text.to_owned())
}

/// Reads the field `email`, by the rule of API reference §2.41.
pub fn email(acme: &Acme, fields: &Fields) -> Result<String, Refusal> {
    let text = fields.text("email")?;
    if acme.rules.is_email(text) {
        Ok(text.to_owned())
    } else {
        Err(fields.wrong("email", "is not a valid email"))
    }
}

/// Checks the field `phone`.
pub fn phone(acme: &Acme, fields: &Fields) -> Result<(), Refusal> {
    if acme.rules.is_phone(fields.text("phone")?) {
        Ok(())
    } else {
        Err(fields.wrong("phone", "is not a valid phone number"))
    }
}

fn optional_phone(acme: &Acme, fields: &Fields, field: &str) -> Result<Option<String>, Refusal> {
    match fields.optional_text(field)? {
        Some(text) if !acme.rules.is_phone(text) => Err(fields.wrong(field, "is not a valid phone number")),
        text => Ok(text.map(str::to_owned)),
    }
}

/// Checks the actor of a booking for somebody else (API reference §2.25).
pub fn actor(acme: &Acme, actor: &Fields) -> Result<(), Refusal> {
    actor.text_within("firstName", 100)?;
    actor.text_within("lastName", 100)?;
    phone(acme, actor)?;
    actor.one_of("gender", &WRITABLE_GENDERS)?;
    birth_date(acme, actor, "dateOfBirth")?;
    actor.one_of("relationshipToPatient", &RELATIONSHIPS)?;
    Ok(())
}

/// Checks `billingInfo` in any of its variants (API reference §1.9).
pub fn billing(acme: &Acme, billing: &Fields) -> Result<(), Refusal> {
    let methods = ["insurance", "creditcard", "couponcode", "external-self-pay", "self"];
    match billing.one_of("paymentMethod", &methods)? {
        "creditcard" => {
            let is_declined = billing.text_within("stripeToken", 255)? == DECLINED_CARD;
            if is_declined { Err(billing.wrong("stripeToken", "was declined")) } else { Ok(()) }
        }
        "couponcode" => {
            let code = billing.text_within("couponCode", 60)?;
            let is_good = acme.controls.on_demand.is_redeemable(code);
            if is_good { Ok(()) } else { Err(billing.wrong("couponCode", "is not a valid coupon")) }
        }
        "insurance" => insurance(acme, billing),
        _ => Ok(()),
    }
}

/// Checks the insurance variant, whether the patient or somebody else is insured.
pub fn insurance(acme: &Acme, billing: &Fields) -> Result<(), Refusal> {
    let declaration = billing.one_of("declaration", &["self", "other"])?;
    billing.one_of("insuranceType", &["manual"])?;
    billing.text_within("insuranceProviderId", 100)?;
    billing.text_within("insuranceMemberId", 100)?;
    let optional = [
        ("insuranceGroupNumber", 256),
        ("insurancePayorId", 100),
        ("insurancePayorName", 100),
        ("insuranceSubscriberId", 100),
    ];
    for (field, longest) in optional {
        if billing.optional_text(field)?.is_some() {
            billing.text_within(field, longest)?;
        }
    }
    if declaration == "other" {
        billing.text_within("firstName", 60)?;
        billing.text_within("lastName", 60)?;
        billing.one_of("gender", &GENDERS)?;
        birth_date(acme, billing, "dateOfBirth")?;
    }
    Ok(())
}
