//! A brand's clinics (API reference §2.1): GET `/v4/departments`, public.

use booking::place::Department;

use crate::json::{self, Value};
use crate::request::{Call, Request};

/// Reads the retail clinics of a brand.
pub struct Departments {
    /// The brand, as the health system names it.
    pub brand: String,
}

/// The clinics of a brand that could be read.
#[derive(Clone, PartialEq)]
#[cfg_attr(test, derive(Debug))]
pub struct DepartmentList {
    /// The clinics, in the order of the response.
    pub departments: Vec<Department>,
    /// How many clinics of the response could not be read.
    pub dropped: u32,
}

impl Call for Departments {
    type Answer = DepartmentList;

    fn request(&self) -> Request {
        let query = vec![("brand", self.brand.clone()), ("clinicType", "Retail".into())];
        Request::public("/v4/departments".into(), query)
    }

    fn read(&self, body: &[u8]) -> Option<DepartmentList> {
        let Some(Value::List(rows)) = json::parse(body) else { return None };
        let mut list = DepartmentList { departments: Vec::new(), dropped: 0 };
        for row in &rows {
            match super::department(row) {
                Some(department) => list.departments.push(department),
                None => list.dropped += 1,
            }
        }
        Some(list)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::wire;

    fn read(body: &str) -> Option<(Vec<String>, u32)> {
        let list = Departments { brand: "northlake".into() }.read(body.as_bytes())?;
        Some((list.departments.into_iter().map(|department| department.name).collect(), list.dropped))
    }

    #[test]
    fn the_request_asks_for_retail_clinics() {
        assert_eq!(
            wire(&Departments { brand: "northlake".into() }),
            "GET https://api.example/v4/departments?brand=northlake&clinicType=Retail&product=findadoctor (public)"
        );
        assert_eq!(
            wire(&Departments { brand: "north & lake+".into() }),
            "GET https://api.example/v4/departments?brand=north%20%26%20lake%2B&clinicType=Retail&product=findadoctor (public)"
        );
    }

    #[test]
    fn a_bad_clinic_never_hides_the_others() {
        let ballard = r#"{"departmentId":"100210","urlName":"NorthlakeBallard","displayName":"Ballard","ehrSystemName":"e","timezone":"America/Los_Angeles"}"#;
        let tempe =
            ballard.replace("100210", "100340").replace("Ballard", "Tempe").replace("Los_Angeles", "Phoenix");
        let no_zone = ballard.replace("timezone", "zone");
        let body = format!("[null,{ballard},{no_zone},7,[],{{}},\"x\",{tempe}]");
        assert_eq!(read(&body), Some((vec!["Ballard".into(), "Tempe".into()], 6)));
    }

    #[test]
    fn no_clinic_is_an_answer_and_no_list_is_none() {
        assert_eq!(read(" [] "), Some((vec![], 0)));
        for bad in ["", "null", "{}", r#"{"departments":[]}"#, r#"{"error":"x"}"#, "[", "<html>"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
