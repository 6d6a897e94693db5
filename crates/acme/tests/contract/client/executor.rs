//! Executes the journey's commands as the widget does, but one after another: sends real requests and passes each
//! answer back. Also plays the host page with its sign-in and its card field, and records hand-offs.

use std::collections::VecDeque;

use booking::api::{Answer, Write};
use booking::errand::command::Command as ErrandCommand;
use booking::errand::event::{Event as Act, TokenAnswer};
use booking::errand::state::Stage;
use booking::finder::command::Command as FinderCommand;
use booking::ids::{Npi, UrlName, VisitType, Zone};
use booking::journey::command::Command;
use booking::journey::event::{Change, Event};
use booking::journey::state::State;
use booking::journey::step;
use booking::notice::Notice;
use booking::outcome::{ApiError, Outcome, Refusal};
use booking::patient::{Demographics, Details};
use booking::payment::Payment;
use booking::request::RequestId;
use booking::schedule::Time;
use booking::settings::{Ctx, Settings, Target};
use booking::time::Zones;
use chrono::{DateTime, NaiveDate, Offset, TimeZone};
use dexcare::SearchForm;
use dexcare::exchange::{Context, Response, Step, begin_read, begin_write};
use serde_json::json;

use super::driver::Client;
use crate::support::{Town, at};

/// Time zone rules, as a browser has them.
pub struct Rules;

impl Zones for Rules {
    fn offset(&self, zone: &Zone, at: i64) -> Option<i32> {
        let zone: chrono_tz::Tz = zone.as_str().parse().ok()?;
        let at = DateTime::from_timestamp(at, 0)?.naive_utc();
        Some(zone.offset_from_utc_datetime(&at).fix().local_minus_utc())
    }
}

/// One patient at one widget.
pub struct Patient<'a> {
    town: &'a Town,
    username: &'static str,
    /// The host page's token; if it is removed, the host page gets a new one at the next `getToken`.
    pub token: Option<String>,
    /// Whether nobody is signed in at the host page, which then navigates to its own sign-in page when `getToken` is
    /// called.
    pub is_stranger: bool,
    session: u32,
    /// The token from the host page's card field.
    pub card: Option<String>,
    given_card: Option<String>,
    pub settings: Settings,
    /// The tenant whose insurers the page reads.
    pub tenant: &'static str,
    search_form: Option<SearchForm>,
    pub state: State,
    pub told: Vec<Notice>,
    /// The time handed off to the scheduling pages, with clinic and search context.
    pub handed_off: Option<(Time, Option<UrlName>, Option<String>)>,
    timers: Vec<(RequestId, u32)>,
    /// The slots that a rival takes while this patient's booking is on its way.
    pub rival: Option<serde_json::Value>,
    /// Whether the browser repeats a POST if its connection closes before any byte of the answer.
    pub browser_repeats: bool,
}

/// Settings of a page with this target and these visit types.
pub fn page(target: Target, visit_types: &[&str]) -> Settings {
    let visit_types = visit_types.iter().map(|name| VisitType::new(name)).collect();
    Settings { target, visit_types, days: 5, ..Settings::default() }
}

impl<'a> Patient<'a> {
    /// Opens a clinician's page.
    pub async fn at_profile(town: &'a Town, username: &'static str, npi: &str, visit_type: &str) -> Self {
        let npis = vec![Npi::parse(npi).expect("a real NPI")];
        let target = Target::Clinicians { npis, departments: Vec::new(), from_v5: false };
        Self::at_page(town, username, page(target, &[visit_type])).await
    }

    /// Opens a clinic's page.
    pub async fn at_clinic(town: &'a Town, username: &'static str, url_name: &str, visit_type: &str) -> Self {
        let target = Target::Departments(vec![UrlName::new(url_name)]);
        Self::at_page(town, username, page(target, &[visit_type])).await
    }

    /// Opens a page with these settings.
    pub async fn at_page(town: &'a Town, username: &'static str, settings: Settings) -> Self {
        let mut patient = Self {
            town,
            username,
            token: None,
            is_stranger: false,
            session: 0,
            card: None,
            given_card: None,
            settings,
            tenant: "northlake",
            search_form: None,
            state: State::default(),
            told: Vec::new(),
            handed_off: None,
            timers: Vec::new(),
            rival: None,
            browser_repeats: false,
        };
        patient.on(Event::Configure(Change { is_elsewhere: true, is_other_system: false })).await;
        patient
    }

    /// The offered times, with equal slots merged.
    pub fn times(&self) -> Vec<Time> {
        self.state.finder.board.times(&Rules)
    }

    pub fn stage(&self) -> &'static str {
        self.state.name()
    }

    /// The patient's record in the EHR system of this booking, or else these typed details.
    pub fn known_or(&self, typed: Demographics) -> Demographics {
        let ehr = self.state.errand.stage.errand().and_then(|errand| errand.ehr()).expect("a system");
        let record = self.state.errand.person.patient.as_ref().and_then(|patient| patient.known(ehr));
        record.cloned().unwrap_or(typed)
    }

    /// Chooses a time, signs in, and enters the known record, or else these typed details.
    pub async fn fill_in(&mut self, time: &Time, typed: Demographics) -> Details {
        self.on(Event::Choose(Box::new(time.clone()))).await;
        assert_eq!(self.stage(), "patient", "{:?}", self.state.errand.stage);
        let details = details(self.known_or(typed));
        self.give(details.clone()).await;
        details
    }

    /// Completes the patient step with these details.
    pub async fn give(&mut self, details: Details) {
        self.on(Act::Give(Box::new(details))).await;
        assert_eq!(self.stage(), "review", "{:?}", self.state.errand.stage);
    }

    /// Advances Acme's clock by the delay of the oldest timer, and fires that timer.
    pub async fn wait(&mut self) {
        assert!(!self.timers.is_empty(), "nothing is waited for");
        let (id, seconds) = self.timers.remove(0);
        self.town.tell("/clock", json!({"advance": seconds})).await;
        self.on(Event::Ticked(id)).await;
    }

    /// Handles an event and everything that results from it.
    pub async fn on(&mut self, event: impl Into<Event>) {
        let mut waiting = VecDeque::from([event.into()]);
        while let Some(event) = waiting.pop_front() {
            let (now, today) = self.now().await;
            let ctx = Ctx {
                now,
                today,
                zones: &Rules,
                settings: &self.settings,
                errand: booking::errand::run,
                ways: Some(booking::finder::order::run),
            };
            let commands = step(&mut self.state, event, &ctx);
            for command in commands {
                waiting.extend(self.carry_out(command, today).await);
            }
        }
    }

    /// Acme's time, and its date in Seattle.
    async fn now(&self) -> (i64, NaiveDate) {
        let now = at(self.town.look("/clock").await["now"].as_str().expect("a time"));
        (now.timestamp(), now.with_timezone(&chrono_tz::America::Los_Angeles).date_naive())
    }

    async fn carry_out(&mut self, command: Command, today: NaiveDate) -> Option<Event> {
        let command = match command {
            Command::Errand(command) => command,
            Command::Finder(FinderCommand::Read { id, read, fresh }) => {
                ErrandCommand::Read { id, read, fresh }
            }
            Command::Finder(FinderCommand::Later { id, seconds }) => ErrandCommand::Later { id, seconds },
            Command::Finder(FinderCommand::Cancel(id)) => ErrandCommand::Cancel(id),
            Command::Finder(FinderCommand::Notify(notice)) => ErrandCommand::Notify(notice),
            Command::Finder(FinderCommand::Load | FinderCommand::Join(..)) => {
                unreachable!("the journey sees to it")
            }
        };
        match command {
            ErrandCommand::Read { id, read, fresh } => {
                let begun = begin_read(read, fresh, self.context(today, None));
                let done = self.client().exchange(begun).await;
                self.search_form = done.form.or(self.search_form);
                self.mind(&done.answer);
                return Some(Event::Answered(id, done.answer));
            }
            ErrandCommand::Write { id, write } => {
                let answer = self.write(write, today).await;
                self.mind(&answer);
                return Some(Event::Answered(id, answer));
            }
            ErrandCommand::AskToken { id } => return Some(Act::Token(id, self.sign_in().await).into()),
            ErrandCommand::AskCard { id } => {
                self.given_card.clone_from(&self.card);
                return Some(Act::Card(id, self.card.is_some()).into());
            }
            ErrandCommand::InviteSignIn { .. } => return Some(Act::SignInTaken.into()),
            ErrandCommand::Later { id, seconds } => self.timers.push((id, seconds)),
            // The machine itself ignores the answer to a request that it has cancelled, so only timers need removing.
            ErrandCommand::Cancel(id) => self.timers.retain(|(timer, _)| *timer != id),
            ErrandCommand::HandOff(time, name, context) => self.handed_off = Some((*time, name, context)),
            ErrandCommand::HandOver(_) => panic!("nobody listens here"),
            ErrandCommand::Notify(notice) => self.told.push(notice),
            ErrandCommand::Finder(_) | ErrandCommand::PutInBrief(..) => {
                unreachable!("the journey sees to it")
            }
        }
        None
    }

    /// Signs in at the host page, which gets a new token only if it has none (`mind` removes a rejected one).
    async fn sign_in(&mut self) -> TokenAnswer {
        if self.is_stranger {
            return TokenAnswer::None;
        }
        if self.token.is_none() {
            self.session += 1;
            self.token = Some(self.town.token(self.username).await);
        }
        TokenAnswer::Held(self.session)
    }

    /// Lets the host page notice that its token was rejected.
    fn mind(&mut self, answer: &Answer) {
        if is_signed_out(answer) {
            self.token = None;
        }
    }

    fn client(&self) -> Client<'a> {
        Client { town: self.town, token: self.token.clone() }
    }

    fn context(&self, today: NaiveDate, card: Option<String>) -> Context {
        Context {
            brand: self.settings.brand.clone(),
            tenant: Some(self.tenant.into()),
            language: "en-US".into(),
            card,
            today,
            has_api_key: false,
            is_local: true,
            search_form: self.search_form,
        }
    }

    async fn write(&mut self, write: Write, today: NaiveDate) -> Answer {
        let is_booking = matches!(write, Write::BookDepartment(_) | Write::BookClinician(_) | Write::Join(_));
        if let Some(what) = self.rival.take_if(|_| is_booking) {
            assert_ne!(self.town.tell("/slots/take", what).await, json!({"taken": 0}));
        }
        let card = self.given_card.take();
        let begun = begin_write(write, self.context(today, card));
        let client = self.client();
        let mut reply = client.perform(&begun.request).await;
        if self.browser_repeats && reply.is_err() {
            reply = client.perform(&begun.request).await;
        }
        match begun.next(reply.map(|(status, body)| Response { status, body })) {
            Step::Done(done) => done.answer,
            Step::Send(_) => panic!("a write is one request"),
        }
    }

    /// The visit id on the confirmation.
    pub fn visit_id(&self) -> &str {
        match &self.state.errand.stage {
            Stage::Booked(_, confirmation) => confirmation.visit.as_str(),
            Stage::Waiting(waiting) => waiting.confirmation.visit.as_str(),
            other => panic!("{other:?}"),
        }
    }
}

/// A patient with a sore throat who pays at the clinic.
pub fn details(demographics: Demographics) -> Details {
    Details {
        demographics,
        actor: None,
        reason: "Sore throat since Sunday".into(),
        payment: Payment::OnArrival,
        answers: Vec::new(),
        interpreter: None,
    }
}

fn is_signed_out(answer: &Answer) -> bool {
    const SIGNED_OUT: ApiError = ApiError::SignedOut;
    match answer {
        Answer::Patient(Err(error))
        | Answer::Saved(Err(error))
        | Answer::SavedOther(Err(error))
        | Answer::VisitWait(Err(error))
        | Answer::VisitStatus(Err(error))
        | Answer::ClinicVisits(Err(error))
        | Answer::Cancelled(Err(error)) => *error == SIGNED_OUT,
        Answer::Booking(outcome) => *outcome == Outcome::Refused(Refusal::SignedOut),
        _ => false,
    }
}
