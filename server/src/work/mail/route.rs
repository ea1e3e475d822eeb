//! By which server a tenant's mail goes, and from whom it is: its own server where it has one, else the installation's.

use anyhow::{Context, ensure};
use entity::{TenantId, mail_settings, mail_settings::MailSecurity};
use lettre::{Address, message::Mailbox, transport::smtp::client::Certificate};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::{
    config::{Smtp, SmtpSecurity},
    domain::{
        addresses::AddressPolicy,
        mail::settings::{self, password_place, usual_port},
    },
    site::Site,
    work::collector::tenant_and_addresses,
};

/// A mail server and how to reach it.
#[derive(Clone, Debug)]
pub struct Server {
    /// Whose it is; none: the installation's.
    pub owner: Option<TenantId>,
    pub host: String,
    pub port: u16,
    pub security: MailSecurity,
    pub credentials: Option<(String, SecretString)>,
    /// Authorities to believe besides the public ones.
    pub ca_pem: Option<String>,
    /// Where it may be.
    pub addresses: AddressPolicy,
}

impl Server {
    /// Differs for servers that are not reached in the same way.
    pub(super) fn fingerprint(&self) -> [u8; 32] {
        let mut digest = Sha256::new();
        let (user, password) = match &self.credentials {
            Some((user, password)) => (user.as_str(), password.expose_secret()),
            None => ("", ""),
        };
        let ca_pem = self.ca_pem.as_deref().unwrap_or_default();
        let addresses = format!("{:?} {:?} {}", self.addresses, self.security, self.port);
        for part in [self.host.as_str(), user, password, ca_pem, &addresses] {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        }
        digest.finalize().into()
    }
}

/// By which server mail goes, and what stands in it as its sender.
#[derive(Clone, Debug)]
pub struct Route {
    pub server: Server,
    pub from: Mailbox,
    pub reply_to: Option<Mailbox>,
}

/// The tenant's route; none where neither it nor the installation has a mail server.
///
/// # Errors
/// When the database does not answer, or the tenant's password can't be opened.
pub async fn of_tenant(site: &Site, id: TenantId) -> anyhow::Result<Option<Route>> {
    let Some((tenant, addresses)) = tenant_and_addresses(site, id).await? else {
        return Ok(None);
    };
    let own = settings::kept(&site.db.tenant(id)).await?;
    let reply_to = own.as_ref().and_then(|own| own.reply_to.as_deref());
    let reply_to = reply_to.and_then(|address| Some(Mailbox::new(None, address.parse().ok()?)));
    let name = own
        .as_ref()
        .and_then(|own| own.from_name.clone())
        .unwrap_or(tenant.name);
    let (server, from) = match own
        .as_ref()
        .map(|own| own_server(site, own, &addresses))
        .transpose()?
        .flatten()
    {
        Some(own) => own,
        None => match installation(&site.settings.smtp)? {
            Some(theirs) => theirs,
            None => return Ok(None),
        },
    };
    Ok(Some(Route {
        server,
        from: Mailbox::new(Some(name), from),
        reply_to,
    }))
}

fn own_server(
    site: &Site,
    own: &mail_settings::Model,
    addresses: &AddressPolicy,
) -> anyhow::Result<Option<(Server, Address)>> {
    let (Some(host), Some(from)) = (&own.host, &own.from_address) else {
        return Ok(None);
    };
    let password = match &own.password_sealed {
        Some(sealed) => site.keyring.open_sealed(password_place(own.tenant_id), sealed)?,
        None => SecretString::default(),
    };
    let server = Server {
        owner: Some(own.tenant_id),
        host: host.clone(),
        port: own
            .port
            .and_then(|port| port.try_into().ok())
            .unwrap_or_else(|| usual_port(own.security)),
        security: own.security,
        credentials: own.username.clone().map(|user| (user, password)),
        ca_pem: None,
        addresses: addresses.clone(),
    };
    Ok(Some((server, from.parse()?)))
}

/// The installation's server and the address that its mail is from; none where it has none.
///
/// # Errors
/// When what was given of it does not go together: the message says what to give.
pub fn installation(smtp: &Smtp) -> anyhow::Result<Option<(Server, Address)>> {
    let Some(host) = &smtp.host else {
        let rest = smtp.port.is_some() || smtp.username.is_some() || smtp.from.is_some();
        ensure!(
            !rest,
            "settings of the mail server are given without --smtp-host, so they have no effect"
        );
        return Ok(None);
    };
    let from = smtp.from.as_deref();
    let from = from.context("give with --smtp-from the mail address that the mail server sends from")?;
    let from = settings::address(from).with_context(|| format!("--smtp-from: {from} is no mail address"))?;
    let security = match smtp.security {
        SmtpSecurity::Starttls => MailSecurity::Starttls,
        SmtpSecurity::Tls => MailSecurity::Tls,
        SmtpSecurity::None => MailSecurity::None,
    };
    let credentials = match (&smtp.username, &smtp.password) {
        (Some(user), Some(password)) => Some((user.clone(), password.clone())),
        (None, None) => None,
        _ => anyhow::bail!("give both --smtp-username and --smtp-password-file, or neither"),
    };
    if let Some(pem) = &smtp.ca_pem {
        certificates(pem).context("--smtp-ca-file holds no certificate in PEM")?;
    }
    let server = Server {
        owner: None,
        host: host.clone(),
        port: smtp.port.unwrap_or_else(|| usual_port(security)),
        security,
        credentials,
        ca_pem: smtp.ca_pem.clone(),
        addresses: AddressPolicy::of_the_operator(),
    };
    Ok(Some((server, from)))
}

/// All certificates in a text, one at least.
pub(super) fn certificates(pem: &str) -> anyhow::Result<Vec<Certificate>> {
    const END: &str = "-----END CERTIFICATE-----";
    let each = pem.split_inclusive(END).filter(|part| part.contains(END));
    let found: Vec<_> = each
        .map(|part| Certificate::from_pem(part.as_bytes()))
        .collect::<Result<_, _>>()?;
    ensure!(!found.is_empty(), "there is no certificate");
    Ok(found)
}
