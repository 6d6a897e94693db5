//! The patients who can sign in, and their dependants.

use serde::{Deserialize, Serialize};

use super::visit_types::Ehr;

/// The password of every account.
pub const PASSWORD: &str = "acme";

/// The account that is not on the panel of [`super::roster::PANEL_NPI`] (412).
pub const NOT_ON_PANEL: &str = "nadia";

/// A name in a demographic record (API reference §2.19).
#[derive(Serialize, Deserialize, Clone, Debug, Default)]
pub struct HumanName {
    /// Family name.
    pub family: String,
    /// Given name.
    pub given: String,
    /// Middle name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub middle: Option<String>,
    /// Prefix.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// Suffix.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suffix: Option<String>,
    /// `usual`, `official`, …
    #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
    pub usage: Option<String>,
}

/// A postal address (API reference §1.9).
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug, Default)]
#[serde(rename_all = "camelCase")]
pub struct Address {
    /// Street and number.
    pub line1: String,
    /// Apartment, suite.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line2: Option<String>,
    /// City.
    pub city: String,
    /// State.
    pub state: String,
    /// Five digits, or five and four.
    pub postal_code: String,
}

/// A person's details in one EHR.
#[derive(Serialize, Deserialize, Clone, Debug, Default)]
#[serde(rename_all = "camelCase")]
pub struct Demographics {
    /// Name.
    pub name: HumanName,
    /// Addresses, at least one.
    pub addresses: Vec<Address>,
    /// Birth date, `YYYY-MM-DD`.
    pub birthdate: String,
    /// Email address.
    pub email: String,
    /// Gender, in lower case.
    pub gender: String,
    /// Last four digits of the social security number; empty if unknown.
    #[serde(default)]
    pub ssn: String,
    /// Home phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home_phone: Option<String>,
    /// Mobile phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mobile_phone: Option<String>,
    /// Work phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub work_phone: Option<String>,
}

/// What the patient read answers for an account. The reference leaves open which of two answers an account
/// without a patient record gets (API reference §5, question 16), so Acme has an account for each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// A DexCare patient exists.
    Known,
    /// 404 until a patient is made.
    Absent,
    /// 200 with empty `links`.
    Unlinked,
}

/// An account of the health system's identity provider.
pub struct Person {
    /// The user name on the sign-in page.
    pub username: &'static str,
    /// What this account is for, shown on the sign-in page and by the control port.
    pub note: &'static str,
    /// Whether the account has a patient yet.
    pub standing: Standing,
    /// GUID of the patient; unused for [`Standing::Absent`], since a patient made later gets a new GUID.
    pub guid: &'static str,
    /// Whether bookings are refused with 423.
    pub locked: bool,
    /// The person's details, which every EHR record of the person contains at first, except for `east_address`.
    pub demographics: Demographics,
    /// The address in the record of [`Ehr::East`], if it is another one: it shows whether a client sends the address of
    /// the right record.
    pub east_address: Option<Address>,
    /// EHRs with a record linked to the patient.
    pub records: &'static [Ehr],
    /// EHRs with an unlinked record, which find-or-create can find.
    pub unlinked_records: &'static [Ehr],
    /// Somebody else for whom this account may book.
    pub dependant: Option<Dependant>,
}

/// Somebody without an account, as if already found or made with `POST /v1/patient/other`.
pub struct Dependant {
    /// Their patient GUID.
    pub guid: &'static str,
    /// The account holder's relationship to them.
    pub relationship: &'static str,
    /// The person's details.
    pub demographics: Demographics,
    /// EHRs with a record of them.
    pub records: &'static [Ehr],
}

type Basics = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

/// Makes a person's details. `basics` are given and family name, birth date, gender, last four digits of the
/// social security number, and mobile phone; `home` is street, apartment and ZIP code.
fn demographics(basics: Basics, email: &str, home: (&str, Option<&str>, &str)) -> Demographics {
    let (given, family, birthdate, gender, ssn, mobile) = basics;
    let (line1, line2, postal_code) = home;
    Demographics {
        name: HumanName {
            family: family.into(),
            given: given.into(),
            usage: Some("usual".into()),
            ..HumanName::default()
        },
        addresses: vec![Address {
            line1: line1.into(),
            line2: line2.map(Into::into),
            city: "Seattle".into(),
            state: "WA".into(),
            postal_code: postal_code.into(),
        }],
        birthdate: birthdate.into(),
        email: email.into(),
        gender: gender.into(),
        ssn: ssn.into(),
        home_phone: None,
        mobile_phone: Some(mobile.into()),
        work_phone: None,
    }
}

fn person(
    username: &'static str,
    guid: &'static str,
    note: &'static str,
    demographics: Demographics,
) -> Person {
    Person {
        username,
        note,
        standing: Standing::Known,
        guid,
        locked: false,
        demographics,
        east_address: None,
        records: &[Ehr::Main],
        unlinked_records: &[],
        dependant: None,
    }
}

/// Every account, in the order the sign-in page lists them.
pub fn all() -> Vec<Person> {
    let pine = ("88 Pine St", Some("Apt 4"), "98101");
    let shore = ("412 Shorewood Dr", None, "98177");
    let marta = ("Marta", "Okafor", "1979-02-11", "female", "4821", "206-555-0188");
    let leo = ("Leo", "Okafor", "2017-06-30", "male", "", "206-555-0188");
    let ruth = ("Ruth", "Lind", "1952-09-03", "female", "7730", "206-555-0119");
    let ines = ("Inês", "Duarte", "1996-04-22", "female", "1184", "206-555-0151");
    let dev = ("Dev", "Patel", "1988-12-01", "male", "2290", "206-555-0173");
    let asha = ("Asha", "Patel", "2019-03-17", "female", "", "206-555-0173");
    let lars = ("Lars", "Holm", "1968-07-14", "male", "6042", "206-555-0126");
    let robin = ("Robin", "Ekström", "1999-05-08", "nonbinary", "5518", "206-555-0162");
    let nadia = ("Nadia", "Haddad", "1991-10-29", "female", "3357", "206-555-0134");

    let mut marta = demographics(marta, "marta.okafor@example.com", pine);
    marta.name.middle = Some("J".into());
    marta.home_phone = Some("206-555-0188".into());

    vec![
        Person {
            dependant: Some(Dependant {
                guid: "2f6d1c34-0a7e-4f5b-8a0d-5f9e7d1a33b0",
                relationship: "Mother",
                demographics: demographics(leo, "marta.okafor@example.com", pine),
                records: &[Ehr::Main],
            }),
            ..person(
                "marta",
                "7b0f6d7e-2b1c-4c7d-9a55-3f1f0f6a2c11",
                "has a Northlake record; books for her son Leo too",
                marta,
            )
        },
        Person {
            standing: Standing::Absent,
            records: &[],
            unlinked_records: &[Ehr::Main],
            ..person(
                "ruth",
                "c4a7d0e2-6f35-4b0e-8d1a-90b2f5c7e612",
                "no patient yet (the patient read answers 404)",
                demographics(ruth, "ruth.lind@example.com", shore),
            )
        },
        Person {
            standing: Standing::Unlinked,
            records: &[],
            ..person(
                "ines",
                "e81f3b5a-17c9-4d26-a3f4-0c5d7b92e840",
                "a fresh account (the patient read answers 200 without links)",
                demographics(ines, "ines.duarte@example.com", pine),
            )
        },
        Person {
            records: &[Ehr::Main, Ehr::East],
            east_address: Some(Address {
                line1: "17 Lakemont Blvd".into(),
                line2: None,
                city: "Bellevue".into(),
                state: "WA".into(),
                postal_code: "98006".into(),
            }),
            dependant: Some(Dependant {
                guid: "5d92e6b1-4c08-4f7a-b6d3-a17e80c92f54",
                relationship: "Father",
                demographics: demographics(asha, "dev.patel@example.com", shore),
                records: &[Ehr::Main, Ehr::East],
            }),
            ..person(
                "dev",
                "91b6c8f0-3d4e-4a52-9e17-6f0a8d5b7c23",
                "has records in both systems, with an address in each, and a dependant, his daughter Asha",
                demographics(dev, "dev.patel@example.com", shore),
            )
        },
        Person {
            locked: true,
            ..person(
                "lars",
                "a06d4e9c-58b7-4c31-8f2d-3b9e1a7c6d05",
                "locked: no booking is accepted",
                demographics(lars, "lars.holm@example.com", shore),
            )
        },
        person(
            "nadia",
            "3c7f9a15-e2d8-4b64-a01c-d85e6f4b2970",
            "not on Dr. Whitfield's panel",
            demographics(nadia, "nadia.haddad@example.com", pine),
        ),
        person(
            "robin",
            "d20b5f7c-8e34-4916-b7a2-4c9e0f6d1a58",
            "has a record with the gender nonbinary, which cannot be written",
            demographics(robin, "robin.ekstrom@example.com", pine),
        ),
    ]
}
