//! The oracle's checks of cancels: what the answers say about a visit, and what the patient may read of a cancel that
//! was refused.

use super::Oracle;
use crate::api::{Answer, Read, Write};
use crate::errand::command::Command;
use crate::errand::state::{ClinicCancelProgress, OnDemandCancelProgress, Stage};
use crate::journey::event::Event;
use crate::journey::tests::oracle::cancelled_visit;
use crate::journey::tests::seen::Seen;
use crate::journey::tests::walk::Walk;
use crate::on_demand::VisitStatus;
use crate::outcome::ApiError;
use crate::request::RequestId;
use crate::visits::{ClinicVisitStatus, VisitFilter};

/// The visits that are cancelled according to this answer.
pub(super) fn cancelled(asked: &Command, answer: &Answer) -> Vec<String> {
    match (asked, answer) {
        (Command::Write { write, .. }, Answer::Cancelled(Ok(()))) => {
            cancelled_visit(write).map(|visit| visit.as_str().to_owned()).into_iter().collect()
        }
        (
            Command::Read { read: Read::VisitStatus(visit), .. },
            Answer::VisitStatus(Ok(VisitStatus::Cancelled)),
        ) => {
            vec![visit.as_str().to_owned()]
        }
        (
            Command::Read { read: Read::ClinicVisits(VisitFilter::All), .. },
            Answer::ClinicVisits(Ok(list)),
        ) => {
            let cancelled = list.visits.iter().filter(|visit| visit.status == ClinicVisitStatus::Cancelled);
            cancelled.map(|visit| visit.id.as_str().to_owned()).collect()
        }
        _ => Vec::new(),
    }
}

impl Oracle {
    /// Notes whether the last cancel of an on-demand visit was refused for another reason than its token, and whether
    /// the visit's status has been read since. `last` is the last request so far.
    pub(super) fn leave_answered(
        &mut self,
        id: RequestId,
        asked: &Command,
        answer: &Answer,
        last: RequestId,
    ) {
        match (asked, answer) {
            (Command::Write { write: Write::CancelOnDemand(_), .. }, Answer::Cancelled(answer)) => {
                let is_refused = answer.is_err_and(|error| {
                    !matches!(error, ApiError::Network | ApiError::Server | ApiError::SignedOut)
                });
                self.refused_leave = is_refused.then_some(last);
            }
            (_, Answer::VisitStatus(Ok(_))) if self.refused_leave.is_some_and(|before| id.0 > before.0) => {
                self.refused_leave = None;
            }
            _ => {}
        }
    }
}

/// What becomes of a cancel that the system refused.
pub(super) enum End {
    CameThrough,
    Failed,
    Unknown,
}

/// If the event is the list, or the status of an on-demand visit, that is read after the system refused a cancel: what
/// becomes of the cancel, by what the answer says about the visit.
pub(super) fn expect(walk: &Walk, event: &Event) -> Option<End> {
    if let Stage::Waiting(waiting) = &walk.state.errand.stage
        && let OnDemandCancelProgress::Refused(_) = waiting.cancel_progress
        && let Event::Answered(request, Answer::VisitStatus(answer)) = event
        && walk.state.errand.awaits(*request)
    {
        return Some(match answer {
            Ok(VisitStatus::Cancelled) => End::CameThrough,
            Ok(_) => End::Failed,
            Err(_) => End::Unknown,
        });
    }
    let Stage::Visits(visits) = &walk.state.errand.stage else { return None };
    let (id, ClinicCancelProgress::Refused(_)) = visits.cancelling.as_ref()? else { return None };
    let Event::Answered(request, Answer::ClinicVisits(answer)) = event else { return None };
    let is_awaited = walk.state.errand.awaited.iter().any(|(awaited, _)| awaited == request);
    if !is_awaited || matches!(answer, Err(ApiError::SignedOut)) {
        return None;
    }
    let listed = answer.iter().flat_map(|list| &list.visits).find(|visit| visit.id == *id);
    Some(match listed.map(|visit| visit.status) {
        Some(ClinicVisitStatus::Cancelled) => End::CameThrough,
        Some(ClinicVisitStatus::Requested | ClinicVisitStatus::Other) => End::Failed,
        None => End::Unknown,
    })
}

/// Checks what [`expect`] expects. A `reset()` that waited for the cancel may have removed the visits.
pub(super) fn judge(walk: &Walk, end: Option<End>, seen: &mut Seen) {
    let Some(end) = end else { return };
    if let Stage::Waiting(waiting) = &walk.state.errand.stage {
        let how = &waiting.cancel_progress;
        let (is_so, name) = match end {
            End::CameThrough => (*how == OnDemandCancelProgress::No, "a refused leave came through"),
            End::Failed => (matches!(how, OnDemandCancelProgress::Failed(_)), "a refused leave failed"),
            End::Unknown => (*how == OnDemandCancelProgress::Unknown, "a refused leave is not known"),
        };
        assert!(is_so, "{name}, not {how:?}");
        seen.note(name);
    }
    let Stage::Visits(visits) = &walk.state.errand.stage else { return };
    let how = visits.cancelling.as_ref().map(|(_, how)| *how);
    let (is_so, name) = match end {
        End::CameThrough => (how.is_none(), "a refused cancel came through"),
        End::Failed => (matches!(how, Some(ClinicCancelProgress::Failed(_))), "a refused cancel failed"),
        End::Unknown => (how == Some(ClinicCancelProgress::Unknown), "a refused cancel is not known"),
    };
    assert!(is_so, "{name}, not {how:?}");
    seen.note(name);
}
