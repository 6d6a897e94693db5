//! Checks the body of a queued guest visit against the schema in its published document (API reference §2.27),
//! field by field. Refusals read like those of a schema validator:
//! `/requestBody/patient - must have required property 'firstName'`.

use serde_json::{Map, Value};

use crate::rules::{GENDERS, is_guid};

/// What the schema allows a value to be.
enum Kind {
    /// A string of at most this many characters.
    Text(usize),
    /// A string of at most this many characters, or null.
    TextOrNull(usize),
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// `YYYY-MM-DD`; only the pattern is checked.
    Date,
    /// A boolean.
    Flag,
    /// A number.
    Number,
    /// A hyphenated GUID.
    Guid,
    /// An object with these fields; with `true`, an object with any other field is refused.
    Object(&'static [Field], bool),
    /// A list of at most this many values of one kind.
    List(&'static Kind, usize),
    /// `billingInfo`, whose fields depend on its payment method.
    Billing,
}

/// A field: its name, whether it is required, and what it must be.
type Field = (&'static str, bool, Kind);

const R: bool = true;
const O: bool = false;

static BODY: Kind = Kind::Object(
    &[
        ("patient", R, Kind::Object(PATIENT, true)),
        ("billingInfo", R, Kind::Billing),
        ("visitDetails", R, Kind::Object(DETAILS, true)),
        ("actor", O, Kind::Object(ACTOR, true)),
        ("additionalDetails", O, Kind::List(&Kind::Object(DETAIL, true), usize::MAX)),
    ],
    false,
);

const PATIENT: &[Field] = &[
    ("firstName", R, Kind::Text(60)),
    ("middleName", O, Kind::Text(60)),
    ("lastName", R, Kind::Text(60)),
    ("suffixName", O, Kind::Text(80)),
    ("email", R, Kind::Text(320)),
    ("phone", R, Kind::Text(15)),
    ("ssn", O, Kind::Text(4)),
    ("gender", R, Kind::OneOf(&GENDERS)),
    ("dateOfBirth", R, Kind::Date),
    ("address", R, Kind::Object(ADDRESS, false)),
];

const ADDRESS: &[Field] = &[
    ("line1", R, Kind::Text(100)),
    ("line2", O, Kind::Text(100)),
    ("city", R, Kind::Text(100)),
    ("state", R, Kind::Text(30)),
    ("postalCode", R, Kind::Text(10)),
];

const ACTOR: &[Field] = &[
    ("firstName", R, Kind::Text(60)),
    ("lastName", R, Kind::Text(60)),
    ("middleName", O, Kind::Text(60)),
    ("suffixName", O, Kind::Text(80)),
    ("phone", R, Kind::Text(15)),
    ("relationshipToPatient", O, Kind::Text(80)),
    ("gender", R, Kind::OneOf(&GENDERS)),
    ("dateOfBirth", R, Kind::Date),
    ("email", O, Kind::Text(320)),
];

const DETAILS: &[Field] = &[
    ("acceptedTerms", R, Kind::Flag),
    ("assessmentToolUsed", O, Kind::Text(80)),
    ("assignmentQualifiers", O, Kind::List(&Kind::OneOf(&["adult", "pediatric"]), 50)),
    ("attributionIds", O, Kind::Text(256)),
    ("brand", R, Kind::Text(80)),
    ("declaration", R, Kind::OneOf(&["self", "other"])),
    ("interpreterLanguage", O, Kind::Text(50)),
    ("practiceId", R, Kind::Guid),
    ("stateLicensure", R, Kind::Text(2)),
    ("scheduledDepartment", O, Kind::Object(DEPARTMENT, false)),
    ("traveling", O, Kind::Flag),
    ("urgency", O, Kind::Number),
    ("visitReason", R, Kind::Text(500)),
    ("visitTypeName", R, Kind::OneOf(&["virtual", "phone"])),
    ("initialStatus", O, Kind::OneOf(&["requested", "waitoffline"])),
    ("detectedLanguage", O, Kind::Text(5)),
];

const DEPARTMENT: &[Field] =
    &[("scheduledDepartmentId", O, Kind::Text(80)), ("scheduledEhr", O, Kind::Text(50))];

const DETAIL: &[Field] = &[("key", R, Kind::Text(80)), ("value", R, Kind::Text(80))];

const CARD: Kind = Kind::Object(
    &[("paymentMethod", R, Kind::OneOf(&["creditcard"])), ("stripeToken", R, Kind::Text(30))],
    true,
);
const COUPON: Kind = Kind::Object(
    &[("paymentMethod", R, Kind::OneOf(&["couponcode"])), ("couponCode", R, Kind::Text(60))],
    true,
);
const EXTERNAL: Kind = Kind::Object(&[("paymentMethod", R, Kind::OneOf(&["external-self-pay"]))], true);
const INSURANCE: Kind = Kind::Object(
    &[
        ("paymentMethod", R, Kind::OneOf(&["insurance"])),
        ("declaration", R, Kind::OneOf(&["self", "other"])),
        ("insuranceType", R, Kind::OneOf(&["manual"])),
        ("insuranceProviderId", R, Kind::Text(100)),
        ("insuranceMemberId", R, Kind::Text(20)),
        ("insuranceGroupNumber", O, Kind::TextOrNull(256)),
    ],
    false,
);
const GUARANTOR: Kind = Kind::Object(
    &[
        ("firstName", R, Kind::Text(60)),
        ("lastName", R, Kind::Text(60)),
        ("gender", R, Kind::OneOf(&GENDERS)),
        ("dateOfBirth", R, Kind::Date),
    ],
    false,
);

/// Checks a body; the error is the text of the refusal.
pub fn check(body: &Value) -> Result<(), String> {
    BODY.check("/requestBody", body)?;
    let is_for_other = body["visitDetails"]["declaration"] == "other";
    if is_for_other && !body["actor"].is_object() {
        return Err("/requestBody - must have required property 'actor'".to_owned());
    }
    if body["visitDetails"]["acceptedTerms"] == false {
        return Err("/requestBody/visitDetails/acceptedTerms - must be true".to_owned());
    }
    Ok(())
}

impl Kind {
    fn check(&self, path: &str, value: &Value) -> Result<(), String> {
        let must = |good: bool, what: &str| if good { Ok(()) } else { Err(format!("{path} - must {what}")) };
        let text = value.as_str();
        match self {
            Self::TextOrNull(_) if value.is_null() => Ok(()),
            Self::Text(longest) | Self::TextOrNull(longest) => {
                must(text.is_some(), "be string")?;
                let length = text.map_or(0, |text| text.chars().count());
                must(length <= *longest, &format!("NOT have more than {longest} characters"))
            }
            Self::OneOf(choices) => {
                let is_one = text.is_some_and(|text| choices.contains(&text));
                must(is_one, "be equal to one of the allowed values")
            }
            Self::Date => must(text.is_some_and(is_date), r#"match pattern "^\d{4}-\d{2}-\d{2}$""#),
            Self::Flag => must(value.is_boolean(), "be boolean"),
            Self::Number => must(value.is_number(), "be number"),
            Self::Guid => must(text.is_some_and(is_guid), r#"match format "uuid""#),
            Self::List(kind, limit) => {
                let Some(items) = value.as_array() else { return must(false, "be array") };
                must(items.len() <= *limit, &format!("NOT have more than {limit} items"))?;
                let mut places = items.iter().enumerate();
                places.try_for_each(|(place, item)| kind.check(&format!("{path}/{place}"), item))
            }
            Self::Object(fields, is_closed) => {
                let Some(map) = value.as_object() else { return must(false, "be object") };
                check_fields(path, map, fields)?;
                let is_known = |name: &str| fields.iter().any(|(known, ..)| *known == name);
                let has_extra = *is_closed && map.keys().any(|name| !is_known(name));
                must(!has_extra, "NOT have additional properties")
            }
            Self::Billing => {
                let variant = match value["paymentMethod"].as_str() {
                    Some("insurance") => INSURANCE,
                    Some("creditcard") => CARD,
                    Some("couponcode") => COUPON,
                    Some("external-self-pay") => EXTERNAL,
                    _ => return must(false, "match exactly one schema in oneOf"),
                };
                variant.check(path, value)?;
                if value["paymentMethod"] == "insurance" && value["declaration"] == "other" {
                    GUARANTOR.check(path, value)?;
                }
                Ok(())
            }
        }
    }
}

fn check_fields(path: &str, map: &Map<String, Value>, fields: &[Field]) -> Result<(), String> {
    for (name, is_required, kind) in fields {
        match map.get(*name) {
            Some(value) => kind.check(&format!("{path}/{name}"), value)?,
            None if *is_required => return Err(format!("{path} - must have required property '{name}'")),
            None => {}
        }
    }
    Ok(())
}

fn is_date(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}
