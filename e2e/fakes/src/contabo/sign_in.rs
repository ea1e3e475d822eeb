//! The token endpoint: a Keycloak realm with the password and the refresh grant. Tokens look like those that it gives
//! and are signed by nobody.

use std::collections::HashMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::account::Account;
use super::http::{Request, Response};
use super::list::Query;
use super::spec::{Behaviour, ms};

/// Where it is.
pub(crate) const PATH: &str = "/auth/realms/contabo/protocol/openid-connect/token";

#[derive(Clone, Copy, Debug)]
struct Token {
    account: usize,
    ends: i64,
    is_refresh: bool,
}

/// The tokens that were given.
#[derive(Default)]
pub(crate) struct Tokens {
    known: HashMap<String, Token>,
    given: u64,
}

impl Tokens {
    /// Whose token this is, if it still counts.
    pub(crate) fn account(&self, token: &str, now: i64) -> Option<usize> {
        let token = self.known.get(token)?;
        (!token.is_refresh && now < token.ends).then_some(token.account)
    }

    /// How many sign-ins and renewals succeeded.
    pub(crate) fn given(&self) -> u64 {
        self.given
    }

    /// Ends all tokens of access; those to renew them stay.
    pub(crate) fn expire(&mut self) {
        self.known.retain(|_, token| token.is_refresh);
    }

    /// Ends every token.
    pub(crate) fn revoke(&mut self) {
        self.known.clear();
    }

    pub(crate) fn answer(
        &mut self,
        accounts: &mut [Account],
        behaviour: &Behaviour,
        request: &Request,
        now: i64,
    ) -> Response {
        let form = Query::parse(&String::from_utf8_lossy(&request.body));
        let field = |name: &str| form.get(name).unwrap_or_default();
        let is_form = request
            .header("content-type")
            .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
        if request.method != "POST" || !is_form {
            return refused(400, "invalid_request", "Missing form parameter: grant_type");
        }
        let is_client = |account: &Account| account.spec.client_id == field("client_id");
        let Some(place) = accounts.iter().position(is_client) else {
            return refused(401, "invalid_client", "Invalid client or Invalid client credentials");
        };
        if accounts[place].spec.client_secret != field("client_secret") {
            return refused(
                401,
                "unauthorized_client",
                "Invalid client or Invalid client credentials",
            );
        }
        match field("grant_type") {
            "password" => {
                let spec = &accounts[place].spec;
                if spec.user != field("username") || spec.password != field("password") {
                    return refused(401, "invalid_grant", "Invalid user credentials");
                }
            }
            "refresh_token" => {
                let token = self.known.get(field("refresh_token"));
                let lives = token.is_some_and(|token| token.is_refresh && token.account == place && now < token.ends);
                if !lives {
                    return refused(400, "invalid_grant", "Token is not active");
                }
            }
            _ => return refused(400, "unsupported_grant_type", "Unsupported grant_type"),
        }
        Response::json(200, &self.give(&mut accounts[place], place, behaviour, now))
    }

    fn give(&mut self, account: &mut Account, place: usize, behaviour: &Behaviour, now: i64) -> Value {
        // What ended is of no more use; a bench signs in often.
        self.known.retain(|_, token| now < token.ends);
        let mut make = |is_refresh: bool, lives: i64| {
            let ends = now + lives;
            let token = token(account, is_refresh, now, ends);
            let kept = Token {
                account: place,
                ends,
                is_refresh,
            };
            self.known.insert(token.clone(), kept);
            token
        };
        let access = make(false, ms(behaviour.token));
        let refresh = make(true, ms(behaviour.refresh_token));
        self.given += 1;
        json!({
            "access_token": access,
            "expires_in": behaviour.token.as_secs(),
            "refresh_expires_in": behaviour.refresh_token.as_secs(),
            "refresh_token": refresh,
            "token_type": "Bearer",
            "not-before-policy": 0,
            "session_state": account.uuid(),
            "scope": "profile email",
        })
    }
}

fn refused(status: u16, error: &str, description: &str) -> Response {
    Response::json(status, &json!({ "error": error, "error_description": description }))
}

fn token(account: &mut Account, is_refresh: bool, now: i64, ends: i64) -> String {
    let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let head = part(json!({ "alg": "RS256", "typ": "JWT", "kid": "fake" }));
    let claims = part(json!({
        "exp": ends / 1_000,
        "iat": now / 1_000,
        "jti": account.uuid(),
        "typ": if is_refresh { "Refresh" } else { "Bearer" },
        "azp": account.spec.client_id,
        "tenantId": account.tenant_id,
        "customerId": account.customer_id,
        "preferred_username": account.spec.user,
    }));
    format!("{head}.{claims}.{}", account.key(342))
}
