//! Reads the body of an on-demand visit (API reference §2.28) and checks the format of its fields. `on_demand` checks
//! whether the patient, region and so on that they name exist and fit.

use chrono::{DateTime, NaiveDate};
use serde_json::{Map, Value};

use crate::body;
use crate::refusal::Refusal;
use crate::request::{Fields, json_body};
use crate::rules::{self, GENDERS, is_guid};
use crate::state::Acme;
use crate::world::people::Address;
use crate::world::practices::{self, MODALITIES};

const LONGEST_EMAIL: usize = 320;
const LONGEST_REASON: usize = 500;

/// The known qualifiers: the document's two, and the specialty that has its own pool.
const QUALIFIERS: [&str; 3] = ["adult", "pediatric", "dermatology"];

/// How the body identifies the patient.
pub enum Identity {
    /// By the GUID of a DexCare patient.
    Guid(String),
    /// By an identifier of the patient's record in an EHR system.
    Record {
        /// `homeEhr`.
        ehr: String,
        /// `ehrIdentifierType`.
        kind: String,
        /// `ehrIdentifier`.
        value: String,
    },
}

/// How the visit is paid for.
pub enum Payment {
    /// `insurance`
    Insurance,
    /// `creditcard`, with its token.
    Card(String),
    /// `couponcode`
    Coupon(String),
    /// `external-self-pay`
    External,
}

/// The contents of the body.
pub struct Request {
    /// How the body identifies the patient.
    pub identity: Identity,
    /// Given and family name as received.
    pub name: (String, String),
    /// The patient's address.
    pub address: Address,
    /// Birth date.
    pub birth: NaiveDate,
    /// Whether `declaration` is `other`.
    pub for_somebody_else: bool,
    /// `actor.patientGuid`, which the SDK sends although the published document does not name it.
    pub actor_guid: Option<String>,
    /// How the visit is paid for.
    pub payment: Payment,
    /// `practiceId`, or the default practice's.
    pub practice: String,
    /// `stateLicensure`: a region code.
    pub region: String,
    /// `visitTypeName`.
    pub modality: &'static str,
    /// `assignmentQualifiers`.
    pub qualifiers: Vec<String>,
    /// `initialStatus`.
    pub status: &'static str,
    /// `scheduledDepartment`: EMR id and EHR, each if present.
    pub department: (Option<String>, Option<String>),
}

/// Reads and checks a body.
pub fn read(acme: &Acme, bytes: &[u8]) -> Result<Request, Refusal> {
    let map: Map<String, Value> = json_body(bytes)?;
    let body = Fields::of(&map);
    let patient = body.object("patient")?;
    let (identity, address) = identity(acme, &patient)?;
    let details = body.object("visitDetails")?;
    let for_somebody_else = details.one_of("declaration", &["self", "other"])? == "other";
    let actor_guid = match body.optional_object("actor")? {
        Some(actor) => actor_fields(acme, &actor)?,
        None if for_somebody_else => return Err(body.wrong("actor", "is required")),
        None => None,
    };
    let payment = payment(acme, &body.object("billingInfo")?)?;
    for detail in body.optional_objects("additionalDetails")?.unwrap_or_default() {
        for field in ["key", "value"] {
            if !matches!(detail.value(field), Some(Value::String(_))) {
                return Err(detail.wrong(field, "is required and must be a string"));
            }
        }
    }
    check_options(&details)?;
    let practice = match details.optional_text("practiceId")? {
        Some(_) => details.guid("practiceId")?,
        None => practices::DEFAULT.to_owned(),
    };
    let department = match details.optional_object("scheduledDepartment")? {
        Some(department) => (
            department.optional_text("scheduledDepartmentId")?.map(str::to_owned),
            department.optional_text("scheduledEhr")?.map(str::to_owned),
        ),
        None => (None, None),
    };
    let birth = patient.text("dateOfBirth")?;
    let birth = rules::date(birth).ok_or_else(|| patient.wrong("dateOfBirth", "must be a date"))?;
    Ok(Request {
        identity,
        name: (patient.text("firstName")?.to_owned(), patient.text("lastName")?.to_owned()),
        address,
        birth,
        for_somebody_else,
        actor_guid,
        payment,
        practice,
        region: details.text("stateLicensure")?.to_owned(),
        modality: optional_choice(&details, "visitTypeName", &MODALITIES)?.unwrap_or("virtual"),
        qualifiers: qualifiers(&details)?,
        status: optional_choice(&details, "initialStatus", &["requested", "waitoffline"])?
            .unwrap_or("requested"),
        department,
    })
}

/// Checks the fields that every patient has, and reads exactly one of the two identities and the address.
fn identity(acme: &Acme, patient: &Fields) -> Result<(Identity, Address), Refusal> {
    patient.text("firstName")?;
    patient.text("lastName")?;
    patient.one_of("gender", &GENDERS)?;
    body::birth_date(acme, patient, "dateOfBirth")?;
    body::phone(acme, patient)?;
    patient.text_within("email", LONGEST_EMAIL)?;
    body::email(acme, patient)?;
    let address = body::address(acme, &patient.object("address")?)?;
    patient.optional_text("homeMarket")?;
    let guid = patient.optional_text("patientGuid")?;
    let triple = ["ehrIdentifier", "ehrIdentifierType", "homeEhr"];
    let has_part = triple.into_iter().any(|field| patient.value(field).is_some());
    match (guid, has_part) {
        (Some(_), true) => Err(patient.wrong("patientGuid", "must not stand beside an EHR identifier")),
        (Some(guid), false) => Ok((Identity::Guid(guid.to_ascii_lowercase()), address)),
        (None, true) => {
            let record = Identity::Record {
                value: patient.text("ehrIdentifier")?.to_owned(),
                kind: patient.text("ehrIdentifierType")?.to_owned(),
                ehr: patient.text("homeEhr")?.to_owned(),
            };
            Ok((record, address))
        }
        (None, false) => Err(patient.wrong("patientGuid", "or an EHR identifier is required")),
    }
}

/// Checks the actor; returns its `patientGuid`. The relationship is free text and optional, as in the document.
fn actor_fields(acme: &Acme, actor: &Fields) -> Result<Option<String>, Refusal> {
    actor.text("firstName")?;
    actor.text("lastName")?;
    body::phone(acme, actor)?;
    actor.one_of("gender", &GENDERS)?;
    body::birth_date(acme, actor, "dateOfBirth")?;
    for field in
        ["middleName", "nameSuffix", "relationshipToPatient", "ehrIdentifier", "ehrIdentifierType", "homeEhr"]
    {
        actor.optional_text(field)?;
    }
    if actor.optional_text("email")?.is_some() {
        body::email(acme, actor)?;
    }
    if let Some(address) = actor.optional_object("address")? {
        body::address(acme, &address)?;
    }
    match actor.optional_text("patientGuid")? {
        Some(_) => actor.guid("patientGuid").map(Some),
        None => Ok(None),
    }
}

/// Reads one of the document's payment methods. `self`, which the other two booking calls accept, is not among them.
fn payment(acme: &Acme, billing: &Fields) -> Result<Payment, Refusal> {
    let methods = ["insurance", "creditcard", "couponcode", "external-self-pay"];
    match billing.one_of("paymentMethod", &methods)? {
        "creditcard" => Ok(Payment::Card(billing.text("stripeToken")?.to_owned())),
        "couponcode" => Ok(Payment::Coupon(billing.text("couponCode")?.to_owned())),
        "insurance" => body::insurance(acme, billing).map(|()| Payment::Insurance),
        _ => Ok(Payment::External),
    }
}

fn qualifiers(details: &Fields) -> Result<Vec<String>, Refusal> {
    let texts = details.texts("assignmentQualifiers")?;
    match texts.iter().find(|text| !QUALIFIERS.contains(&text.as_str())) {
        Some(_) => Err(details.wrong("assignmentQualifiers", "must be adult or pediatric")),
        None => Ok(texts),
    }
}

/// Checks the other fields of `visitDetails` for which the document declares a type.
fn check_options(details: &Fields) -> Result<(), Refusal> {
    match details.optional_flag("acceptedTerms")? {
        None => return Err(details.wrong("acceptedTerms", "is required")),
        Some(false) => return Err(details.wrong("acceptedTerms", "must be true")),
        Some(true) => {}
    }
    let missing =
        Refusal { code: Some("MISSING_VISIT_REASON"), ..details.wrong("visitReason", "is required") };
    details.optional_text("visitReason")?.filter(|text| !text.trim().is_empty()).ok_or(missing)?;
    details.text_within("visitReason", LONGEST_REASON)?;
    for field in [
        "brand",
        "assessmentToolUsed",
        "attributionIds",
        "interpreterLanguage",
        "detectedLanguage",
        "actorRelationshipToPatient",
    ] {
        details.optional_text(field)?;
    }
    details.optional_flag("traveling")?;
    details.optional_flag("requiresRegistration")?;
    optional_choice(details, "origin", &["agent", "patient", "provider", "other"])?;
    optional_choice(details, "userType", &["member", "guest"])?;
    details.texts("preTriageTags")?;
    details.optional_number("urgency")?;
    if details.optional_text("appointmentId")?.is_some_and(|id| !is_guid(id)) {
        return Err(details.wrong("appointmentId", "must be a valid GUID"));
    }
    let time = details.optional_text("appointmentTime")?;
    if time.is_some_and(|time| DateTime::parse_from_rfc3339(time).is_err()) {
        return Err(details.wrong("appointmentTime", "must be a date and time"));
    }
    for document in details.optional_objects("documents")?.unwrap_or_default() {
        let kinds = ["insurance_card", "photo_identification", "reason_for_visit"];
        document.one_of("documentType", &kinds)?;
        document.one_of("face", &["front", "back"])?;
        document.text("uri")?;
        document.text("mimeType")?;
    }
    Ok(())
}

fn optional_choice(
    fields: &Fields,
    field: &str,
    choices: &[&'static str],
) -> Result<Option<&'static str>, Refusal> {
    fields.value(field).map(|_| fields.one_of(field, choices)).transpose()
}
