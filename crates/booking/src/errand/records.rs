//! The patient records that a visit needs in its EHR system, and the booking made with them (API reference §2.20,
//! §2.21, §3.6). [`super::sending`] decides when the booking is sent.

use super::Machine;
use super::purpose::Purpose;
use super::state::{Errand, SendingPhase, UsedRetries};
use crate::api::{OnDemandBooking, Visit, VisitActor, Write};
use crate::ids::{EhrSystem, PatientGuid};
use crate::on_demand::{OnDemandVisit, Qualifier};
use crate::outcome::ApiError;
use crate::patient::{Demographics, Patient};
use crate::time::parse_iso_date;

impl Machine<'_> {
    /// Makes the records that the visit needs, one after the other, if they are missing or the patient changed
    /// something in them; then continues with the submit.
    pub(super) fn prepare(&mut self, errand: Box<Errand>, used: UsedRetries) {
        let person = &self.state.person;
        let Some(details) = &person.details else { return };
        let links = person.patient.as_ref().map_or(&[][..], |patient| &patient.links);
        let Some(ehr) = self.record_in(&errand) else { return self.fail(errand, ApiError::Unreadable) };
        let write = match &details.actor {
            None => {
                let link = person.patient.as_ref().and_then(|patient| patient.link_in(&ehr));
                // After a refusal because of a missing record, make the record even if the account has a link: the
                // booking did not find the record behind that link.
                let unchanged =
                    !used.record && link.is_some_and(|link| link.demographics == details.demographics);
                let saved = matches!(&person.saved, Some((known, saved))
                    if *known == ehr && *saved == details.demographics);
                let needed = person.is_record_unknown || !(unchanged || saved);
                needed.then(|| (Purpose::Save, Write::SaveSelf(Box::new(details.demographics.clone()), ehr)))
            }
            // The account holder needs a record of their own first, in any system (API reference §3.6).
            Some(actor) if links.is_empty() && person.saved.is_none() => {
                Some((Purpose::Save, Write::SaveSelf(Box::new(actor.demographics.clone()), ehr)))
            }
            Some(_) => {
                let made = matches!(&person.dependant, Some((known, saved, _))
                    if *known == ehr && *saved == details.demographics);
                (!made).then(|| {
                    (Purpose::SaveOther, Write::SaveOther(Box::new(details.demographics.clone()), ehr))
                })
            }
        };
        match write {
            Some((purpose, write)) => {
                self.phase(errand, SendingPhase::Saving, used);
                self.write(purpose, write);
            }
            None if matches!(*errand, Errand::OnDemand(_)) => self.book(errand, used),
            None => self.match_time(errand, used),
        }
    }

    /// The EHR system in which the records are made. For a line whose region names no EHR system, the first one in
    /// which the account has a record; `None` if the account has no record either.
    fn record_in(&self, errand: &Errand) -> Option<EhrSystem> {
        let links = self.state.person.patient.iter().flat_map(|patient| &patient.links);
        let any = links.map(|link| &link.ehr).next();
        errand.ehr().or(any).cloned()
    }

    pub(super) fn saved(&mut self, answer: Result<PatientGuid, ApiError>) {
        let Some((errand, used)) = self.sending() else { return };
        match answer {
            Ok(guid) => {
                let ehr = self.record_in(&errand);
                let person = &mut self.state.person;
                person.is_record_unknown = false;
                if let (Some(ehr), Some(details)) = (ehr, &person.details) {
                    let saved = details.contact();
                    let links = person.patient.iter_mut().flat_map(|patient| &mut patient.links);
                    for link in links.filter(|link| link.ehr == ehr) {
                        link.demographics.clone_from(saved);
                    }
                    person.saved = Some((ehr, saved.clone()));
                }
                match &mut person.patient {
                    Some(patient) => patient.guid = guid,
                    None => person.patient = Some(Patient { guid, links: Vec::new() }),
                }
                self.prepare(errand, used);
            }
            Err(error) => {
                // Without an answer, the record may have been written all the same.
                self.state.person.is_record_unknown |= matches!(error, ApiError::Network | ApiError::Server);
                self.call_failed(errand, used, error);
            }
        }
    }

    pub(super) fn saved_other(&mut self, answer: Result<PatientGuid, ApiError>) {
        let Some((errand, used)) = self.sending() else { return };
        match answer {
            Ok(guid) => {
                let ehr = self.record_in(&errand);
                let person = &mut self.state.person;
                if let (Some(ehr), Some(details)) = (ehr, &person.details) {
                    person.dependant = Some((ehr, details.demographics.clone(), guid));
                }
                self.prepare(errand, used);
            }
            Err(error) => self.call_failed(errand, used, error),
        }
    }

    /// The patient to book: the account holder, or the dependant whose record was made last. `None` if there is no
    /// record yet.
    pub(super) fn patient_to_book(&self) -> Option<&PatientGuid> {
        let person = &self.state.person;
        let is_for_other = person.details.as_ref()?.actor.is_some();
        if is_for_other {
            person.dependant.as_ref().map(|(_, _, guid)| guid)
        } else {
            person.patient.as_ref().map(|account| &account.guid)
        }
    }

    /// The write that books the errand, made from the details that the patient entered and the records that were
    /// made. `None` if something is missing.
    pub(super) fn booking(&self, errand: &Errand) -> Option<Write> {
        let person = &self.state.person;
        let (account, details) = (person.patient.as_ref()?, person.details.as_ref()?);
        let actor = details.actor.clone().map(|actor| VisitActor { guid: account.guid.clone(), actor });
        let patient = self.patient_to_book()?.clone();
        let contact = details.contact();
        let (phone, email) = (contact.phone.clone(), contact.email.clone());
        match errand {
            Errand::Time(time) => {
                let visit = Box::new(Visit {
                    slot: time.slot().clone(),
                    slot_id: time.slot().id.clone()?,
                    patient,
                    address: details.demographics.address.clone(),
                    actor,
                    phone,
                    email,
                    reason: details.reason.clone(),
                    payment: details.payment.clone(),
                    answers: details.answers.clone(),
                });
                Some(if time.slot().source.names_clinician() {
                    Write::BookClinician(visit)
                } else {
                    Write::BookDepartment(visit)
                })
            }
            Errand::OnDemand(now) => Some(Write::Join(Box::new(OnDemandBooking {
                now: now.clone(),
                patient,
                demographics: details.demographics.clone(),
                actor,
                phone,
                email,
                reason: details.reason.clone(),
                payment: details.payment.clone(),
                qualifier: self.qualifier(now, &details.demographics),
                interpreter: details.interpreter.clone(),
            }))),
            Errand::Visits => None,
        }
    }

    /// Whether the clinicians must be those for adults or for children: by the patient's age, if the region has age
    /// limits for children (§2.18), otherwise as the patient said.
    fn qualifier(&self, now: &OnDemandVisit, patient: &Demographics) -> Qualifier {
        let Some(range) = now.region.ages_of_children() else { return now.qualifier };
        match parse_iso_date(&patient.birth_date) {
            Some(birth) if range.admits(birth, self.ctx.today) => Qualifier::Pediatric,
            _ => Qualifier::Adult,
        }
    }
}
