//! Makes the text of `environment.json`, from which the preview's pages take their addresses: Acme on this machine,
//! unless the owner of the site edits the file.

use std::net::{Ipv4Addr, SocketAddr};

use serde_json::json;

/// The addresses of one system.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Environment {
    /// The API, and Acme's identity provider.
    pub api: SocketAddr,
    /// The Visit host.
    pub visits: SocketAddr,
    /// Acme's control port.
    pub control: SocketAddr,
}

impl Environment {
    /// Acme on this machine: its API on `port`, its control port and Visit host on the next two.
    pub fn at(port: u16) -> Self {
        let at = |offset: u16| SocketAddr::from((Ipv4Addr::LOCALHOST, port.saturating_add(offset)));
        Self { api: at(0), control: at(1), visits: at(2) }
    }

    /// The text of the file.
    pub fn json(&self) -> String {
        let api = format!("http://{}", self.api);
        let value = json!({
            "api": api,
            "visits": format!("http://{}", self.visits),
            "scheduling": api,
            "brand": "northlake",
            "tenant": "northlake",
            "idp": {
                "issuer": api,
                "authorize": format!("{api}/oauth2/authorize"),
                "token": format!("{api}/oauth2/token"),
                "clientId": "find-a-time-preview",
            },
        });
        format!("{value:#}\n")
    }
}

impl Default for Environment {
    fn default() -> Self {
        Self::at(8090)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_hosts_are_neighbours_from_8090_on() {
        let environment = Environment::default();
        assert_eq!(environment.api.to_string(), "127.0.0.1:8090");
        assert_eq!(environment.control.to_string(), "127.0.0.1:8091");
        assert_eq!(environment.visits.to_string(), "127.0.0.1:8092");
    }

    #[test]
    fn the_pages_sign_in_where_the_api_is() {
        let file: serde_json::Value = serde_json::from_str(&Environment::at(9000).json()).unwrap();
        assert_eq!(file["api"], "http://127.0.0.1:9000");
        assert_eq!(file["visits"], "http://127.0.0.1:9002");
        assert_eq!(file["idp"]["token"], "http://127.0.0.1:9000/oauth2/token");
        assert_eq!(file["idp"]["clientId"], "find-a-time-preview");
    }
}
