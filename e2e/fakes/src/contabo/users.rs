//! Users, the client secret, the accounts of a login, and roles. Rights are kept and shown, not enforced.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::account::Account;
use super::call::{Call, Outcome, Refusal};
use super::form::Form;
use super::list::Filter;

const AUDITS: &str = "/v1/users/audits";
const LOCALES: [&str; 8] = ["de-DE", "de", "en-US", "en", "es", "es-ES", "pt-BR", "pt"];

#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) id: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) email: String,
    pub(crate) verified: bool,
    pub(crate) enabled: bool,
    pub(crate) totp: bool,
    pub(crate) locale: String,
    pub(crate) roles: Vec<i64>,
    pub(crate) owner: bool,
    pub(crate) invoices: bool,
    pub(crate) has_password: bool,
}

/// What a user may do. Permissions are kept as they were sent.
#[derive(Clone, Debug)]
pub(crate) struct Role {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) admin: bool,
    pub(crate) everything: bool,
    /// `default` for those that Contabo made.
    pub(crate) kind: &'static str,
    pub(crate) permissions: Vec<Value>,
}

/// The roles that every account has.
pub(crate) fn fixed_roles() -> BTreeMap<i64, Role> {
    let names = [
        "Owner",
        "Full Access",
        "Technician",
        "Billing Admin",
        "Invoice",
        "Abuse & Fraud",
        "Object Storage",
        "Object Storage read/write",
    ];
    let role = |(id, name): (i64, &str)| Role {
        id,
        name: name.to_owned(),
        admin: id <= 2,
        everything: id <= 3,
        kind: "default",
        permissions: Vec::new(),
    };
    (1..).zip(names).map(|named| (named.0, role(named))).collect()
}

impl User {
    /// The one who signs in.
    pub(crate) fn owner(account: &Account) -> Self {
        Self {
            id: account.user_id.clone(),
            first_name: "Olga".to_owned(),
            last_name: "Owner".to_owned(),
            email: account.spec.user.clone(),
            verified: true,
            enabled: true,
            totp: false,
            locale: "en-US".to_owned(),
            roles: vec![1],
            owner: true,
            invoices: true,
            has_password: true,
        }
    }

    fn show(&self, call: &Call<'_>) -> Value {
        let roles = self.roles.iter().filter_map(|id| call.account.roles.get(id));
        call.entry(json!({
            "userId": self.id,
            "firstName": self.first_name,
            "lastName": self.last_name,
            "email": self.email,
            "emailVerified": self.verified,
            "enabled": self.enabled,
            "totp": self.totp,
            "locale": self.locale,
            "roles": roles.map(|role| role.show(call)).collect::<Vec<_>>(),
            "owner": self.owner,
            "sendInvoiceEmail": self.invoices,
        }))
    }
}

impl Role {
    pub(crate) fn show(&self, call: &Call<'_>) -> Value {
        let tags = |resources: &Value| -> Vec<Value> {
            let ids = resources.as_array().into_iter().flatten().filter_map(Value::as_i64);
            let tags = ids.filter_map(|id| call.account.tags.get(&id));
            tags.map(|tag| json!({ "tagId": tag.id, "tagName": tag.name }))
                .collect()
        };
        let permission = |kept: &Value| {
            let (name, actions) = (&kept["apiName"], &kept["actions"]);
            json!({ "apiName": name, "actions": actions, "resources": tags(&kept["resources"]) })
        };
        call.entry(json!({
            "roleId": self.id,
            "name": self.name,
            "admin": self.admin,
            "accessAllResources": self.everything,
            "type": self.kind,
            "permissions": self.permissions.iter().map(permission).collect::<Vec<_>>(),
        }))
    }
}

fn place(call: &Call<'_>) -> Result<usize, Refusal> {
    let id = call.uuid("userId")?;
    let place = call.account.users.iter().position(|user| user.id == id);
    place.ok_or_else(|| Refusal::no_entry("User", "userId", id))
}

fn note(call: &mut Call<'_>, action: &'static str, id: &str, changes: Value) {
    call.note(AUDITS, action, vec![("userId", json!(id))], changes);
}

pub(crate) fn list(call: &mut Call<'_>) -> Outcome {
    let rows = call.account.users.iter().map(|user| user.show(call)).collect();
    let filters = [
        Filter::Contains("email"),
        Filter::Equals("enabled"),
        Filter::Equals("owner"),
        Filter::Search(&["firstName", "lastName", "email"]),
    ];
    call.list(rows, &filters)
}

pub(crate) fn get(call: &mut Call<'_>) -> Outcome {
    let place = place(call)?;
    Ok(call.answer(200, vec![call.account.users[place].show(call)]))
}

fn check_roles(call: &Call<'_>, form: &mut Form<'_>, roles: Option<&Vec<i64>>) {
    for id in roles.into_iter().flatten() {
        if !call.account.roles.contains_key(id) {
            form.complain(format!("role {id} does not exist"));
        }
    }
}

pub(crate) fn create(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    let first_name = form.required_text("firstName", 1, 255);
    let last_name = form.required_text("lastName", 1, 255);
    let email = form.required_text("email", 1, 255);
    let enabled = form.required_flag("enabled");
    let totp = form.required_flag("totp");
    let locale = form.required_choice("locale", &LOCALES);
    let roles = form.integers("roles");
    let invoices = form.flag("sendInvoiceEmail").unwrap_or_default();
    if !email.is_empty() && !email.contains('@') {
        form.complain("email must be an email");
    }
    check_roles(call, &mut form, roles.as_ref());
    form.finish()?;
    if call.account.users.iter().any(|user| user.email == email) {
        return Err(Refusal::new(409, "There is already a user with the same email"));
    }
    let id = call.account.uuid();
    call.account.users.push(User {
        id: id.clone(),
        first_name,
        last_name,
        email: email.clone(),
        verified: false,
        enabled,
        totp,
        locale,
        roles: roles.unwrap_or_default(),
        owner: false,
        invoices,
        has_password: false,
    });
    note(call, "CREATED", &id, json!({ "new": { "email": email } }));
    Ok(call.answer(201, vec![call.entry(json!({ "userId": id }))]))
}

pub(crate) fn update(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let place = place(call)?;
    let mut form = Form::of(&body);
    let first_name = form.text("firstName", 1, 255);
    let last_name = form.text("lastName", 1, 255);
    let enabled = form.flag("enabled");
    let totp = form.flag("totp");
    let locale = form.choice("locale", &LOCALES);
    let roles = form.integers("roles");
    let invoices = form.flag("sendInvoiceEmail");
    check_roles(call, &mut form, roles.as_ref());
    form.finish()?;
    let user = &mut call.account.users[place];
    user.first_name = first_name.unwrap_or(user.first_name.clone());
    user.last_name = last_name.unwrap_or(user.last_name.clone());
    user.locale = locale.unwrap_or(user.locale.clone());
    user.enabled = enabled.unwrap_or(user.enabled);
    user.totp = totp.unwrap_or(user.totp);
    user.invoices = invoices.unwrap_or(user.invoices);
    if let Some(roles) = roles {
        user.roles = roles;
    }
    let id = user.id.clone();
    note(call, "UPDATED", &id, json!({ "new": body }));
    Ok(call.links(200, &[]))
}

pub(crate) fn delete(call: &mut Call<'_>) -> Outcome {
    let place = place(call)?;
    if call.account.users[place].owner {
        return Err(Refusal::new(403, "The owner can not be deleted"));
    }
    let user = call.account.users.remove(place);
    note(call, "DELETED", &user.id, json!({ "prev": { "email": user.email } }));
    Ok(call.nothing())
}

/// A mail that nobody gets here; the audit list tells of it.
pub(crate) fn send_mail(call: &mut Call<'_>) -> Outcome {
    let id = call.account.users[place(call)?].id.clone();
    note(call, "UPDATED", &id, json!({ "new": { "mail": "sent" } }));
    Ok(call.nothing())
}

pub(crate) fn sso_token(call: &mut Call<'_>) -> Outcome {
    let token = call.account.uuid();
    let url = format!("https://my.contabo.com/account/sso/{token}");
    Ok(call.answer(200, vec![call.entry(json!({ "ssoToken": token, "url": url }))]))
}

pub(crate) fn client(call: &mut Call<'_>) -> Outcome {
    let spec = &call.account.spec;
    let fields = json!({ "id": call.account.user_id, "clientId": spec.client_id, "secret": spec.client_secret });
    Ok(call.answer(200, vec![call.entry(fields)]))
}

/// The old secret stops at once.
pub(crate) fn new_client_secret(call: &mut Call<'_>) -> Outcome {
    let secret = call.account.key(32);
    call.account.spec.client_secret.clone_from(&secret);
    let id = call.account.user_id.clone();
    note(
        call,
        "UPDATED",
        &id,
        json!({ "new": { "clientSecret": "regenerated" } }),
    );
    Ok(call.answer(200, vec![call.entry(json!({ "secret": secret }))]))
}

pub(crate) fn is_password_set(call: &mut Call<'_>) -> Outcome {
    let id = call.query.get("userId").unwrap_or(&call.account.user_id);
    let user = call.account.users.iter().find(|user| user.id == id);
    let user = user.ok_or_else(|| Refusal::no_entry("User", "userId", id))?;
    let fields = json!({ "isPasswordSet": user.has_password });
    Ok(call.answer(200, vec![call.entry(fields)]))
}

fn login(call: &Call<'_>) -> Value {
    let account = &call.account;
    call.entry(json!({
        "userId": account.user_id,
        "firstName": "Olga",
        "lastName": "Owner",
        "email": account.spec.user,
        "totp": false,
        "default": true,
        "locale": "en-US",
        "roleName": "Owner",
        "owner": true,
        "accountDetails": {
            "customerId": account.customer_id,
            "tenantId": account.tenant_id,
            "type": "business",
            "company": "Example Networks",
            "email": account.spec.user,
            "firstName": "Olga",
            "lastName": "Owner",
        },
    }))
}

pub(crate) fn accounts(call: &mut Call<'_>) -> Outcome {
    call.list(
        vec![login(call)],
        &[Filter::Contains("email"), Filter::Equals("default")],
    )
}

fn check_account(call: &Call<'_>, tenant: &str, customer: &str) -> Result<(), Refusal> {
    if tenant == call.account.tenant_id && customer == call.account.customer_id {
        return Ok(());
    }
    Err(Refusal::no_entry("Account", "customerId", customer))
}

pub(crate) fn default_account(call: &mut Call<'_>) -> Outcome {
    let mut form = Form::of(&call.body);
    form.required_flag("default");
    form.finish()?;
    check_account(call, call.parameter("tenantId"), call.parameter("customerId"))?;
    Ok(call.answer(200, vec![login(call)]))
}

pub(crate) fn switch_account(call: &mut Call<'_>) -> Outcome {
    let body = call.body.clone();
    let mut form = Form::of(&body);
    let tenant = form.required_text("tenantId", 1, 255);
    let customer = form.required_text("customerId", 1, 255);
    form.required_text("email", 1, 255);
    form.finish()?;
    check_account(call, &tenant, &customer)?;
    let (token, refresh) = (call.account.key(64), call.account.key(64));
    let fields = json!({ "token": token, "refreshToken": refresh });
    Ok(call.answer(200, vec![call.entry(fields)]))
}
