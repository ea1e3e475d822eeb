//! Other accounts at Contabo for which the same user may act.

use super::lists;
use crate::client::group;
use crate::decode::answer;
use crate::query::filter;
use crate::{Error, Hidden, RequestId, UserId, operations};
use serde::Serialize;

answer! {
    /// An account of the user.
    OtherAccount {
        customer_id: String,
        tenant_id: String,
        user_id: Option<UserId>,
        first_name: String,
        last_name: String,
        email: String,
        default: Option<bool>,
        owner: Option<bool>,
        role_name: Option<String>,
    }
}

answer! {
    /// Tokens for the account that was switched to. This client goes on with its own.
    SwitchedTokens {
        token: Option<Hidden>,
        refresh_token: Option<Hidden>,
    }
}

filter! {
    /// Which accounts.
    OtherAccountFilter {
        email: Option<String>,
        default: Option<bool>,
    }
}

/// The account to switch to.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SwitchTo {
    pub tenant_id: String,
    pub customer_id: String,
    pub email: String,
}

#[derive(Serialize)]
struct MakeDefault {
    default: bool,
}

group! {
    /// Other accounts of the same user.
    Accounts, accounts
}

impl Accounts<'_> {
    lists!(
        ACCOUNTS_LIST,
        OtherAccountFilter => OtherAccount,
        by |account: &OtherAccount| (account.tenant_id.clone(), account.customer_id.clone())
    );

    /// Makes tokens for another account.
    pub async fn switch(&self, to: &SwitchTo, request_id: RequestId) -> Result<SwitchedTokens, Error> {
        self.client
            .change(&operations::ACCOUNTS_SWITCH, &[], request_id)
            .body(to)
            .one()
            .await
    }

    /// Makes an account the one that the user begins with.
    pub async fn make_default(&self, tenant_id: &str, customer_id: &str, request_id: RequestId) -> Result<(), Error> {
        self.client
            .change(
                &operations::ACCOUNTS_MAKE_DEFAULT,
                &[&tenant_id, &customer_id],
                request_id,
            )
            .body(&MakeDefault { default: true })
            .done()
            .await
    }
}
