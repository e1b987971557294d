//! The account of the configuration: where its APIs are, and what signs requests to each.

use std::future::Future;
use std::sync::{Arc, PoisonError, RwLock};

use exotel::config::{GreenPinApi, IntegrationsApi, SubscribersApi, VoiceApi};
use exotel::credential::Credential;
use exotel::integrations::{CreateToken, Entity, Token};
use exotel::{Anonymous, ApiKey, AppToken, CustomerToken, GreenPinLogin, Secret};

use super::slot::Slot;
use super::{NoCredential, Vendor, VendorError};
use crate::config::VendorConfig;

/// Names and addresses, credentials and tokens.
pub struct Account {
    integrations: IntegrationsApi,
    subscribers: SubscribersApi,
    greenpin_api: GreenPinApi,
    voice: VoiceApi,
    api_key: Option<ApiKey>,
    greenpin: Option<GreenPinLogin>,
    customer: Option<(String, Secret)>,
    app: RwLock<Arc<UsedApp>>,
    customer_token: Slot<CustomerToken>,
}

/// The app whose settings and users this server works with.
pub(super) struct UsedApp {
    id: String,
    secret: Secret,
    token: Slot<AppToken>,
}

impl UsedApp {
    fn new((id, secret): (String, Secret)) -> Arc<Self> {
        let token = Slot::default();
        Arc::new(Self { id, secret, token })
    }
}

impl Account {
    /// As configured.
    pub(super) fn new(config: &VendorConfig) -> Self {
        let (hosts, sid) = (&config.hosts, &config.account_sid);
        Self {
            integrations: IntegrationsApi {
                base: hosts.integrations.clone(),
            },
            subscribers: SubscribersApi::new(hosts.subscribers.clone(), sid),
            greenpin_api: GreenPinApi {
                base: hosts.greenpin.clone(),
                tenant_id: sid.clone(),
                header: None,
            },
            voice: VoiceApi {
                v1: hosts.voice_v1.clone(),
                v3: hosts.voice_v3.clone(),
                account_sid: sid.clone(),
            },
            api_key: config.api_key.clone(),
            greenpin: config.greenpin.clone(),
            customer: config.customer.clone(),
            app: RwLock::new(UsedApp::new(config.app.clone())),
            customer_token: Slot::default(),
        }
    }

    /// The app in use.
    fn app(&self) -> Arc<UsedApp> {
        Arc::clone(&self.app.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Works with this app from now on. A request that is on its way ends with the one before.
    pub(super) fn use_app(&self, id: String, secret: Secret) {
        *self.app.write().unwrap_or_else(PoisonError::into_inner) = UsedApp::new((id, secret));
    }

    /// The app's id.
    pub(super) fn app_id(&self) -> String {
        self.app().id.clone()
    }

    /// The customer's id, if it is configured.
    pub(super) fn customer_id(&self) -> Option<&str> {
        self.customer.as_ref().map(|(id, _)| id.as_str())
    }

    /// The request for the customer's token.
    fn ask_customer_token(&self) -> Result<CreateToken, VendorError> {
        let (id, secret) = self.customer.clone().ok_or(missing("vendor.customer_id"))?;
        let entity = Entity::Customer;
        Ok(CreateToken { id, secret, entity })
    }
}

/// The request for an app's token.
pub(super) fn app_token(id: &str, secret: &Secret) -> CreateToken {
    CreateToken {
        id: id.to_owned(),
        secret: secret.clone(),
        entity: Entity::App,
    }
}

pub(super) fn missing(key: &'static str) -> VendorError {
    VendorError::NoCredential(NoCredential::NotConfigured(key))
}

/// One of the vendor's APIs.
pub trait Api: Send + Sync + Sized {
    /// Where it is for this account.
    fn of(account: &Account) -> &Self;
}

impl Api for IntegrationsApi {
    fn of(account: &Account) -> &Self {
        &account.integrations
    }
}

impl Api for SubscribersApi {
    fn of(account: &Account) -> &Self {
        &account.subscribers
    }
}

impl Api for GreenPinApi {
    fn of(account: &Account) -> &Self {
        &account.greenpin_api
    }
}

impl Api for VoiceApi {
    fn of(account: &Account) -> &Self {
        &account.voice
    }
}

/// A credential that the account has, or can get.
pub trait Held: Credential + Send + Sync + Sized {
    /// The one to sign with now.
    fn obtain(vendor: &Vendor) -> impl Future<Output = Result<Self, VendorError>> + Send;

    /// The vendor no longer takes it. Whether another one can be had.
    fn refused(&self, _vendor: &Vendor) -> bool {
        false
    }
}

impl Held for Anonymous {
    async fn obtain(_: &Vendor) -> Result<Self, VendorError> {
        Ok(Self)
    }
}

impl Held for ApiKey {
    async fn obtain(vendor: &Vendor) -> Result<Self, VendorError> {
        let key = vendor.account.api_key.clone();
        key.ok_or(missing("vendor.api_key"))
    }
}

impl Held for GreenPinLogin {
    async fn obtain(vendor: &Vendor) -> Result<Self, VendorError> {
        let login = vendor.account.greenpin.clone();
        login.ok_or(missing("vendor.greenpin_user"))
    }
}

impl Held for AppToken {
    async fn obtain(vendor: &Vendor) -> Result<Self, VendorError> {
        let app = vendor.account.app();
        let make = || vendor.make_token(app_token(&app.id, &app.secret), Token::for_app);
        app.token.get(make).await.map_err(no_token)
    }

    fn refused(&self, vendor: &Vendor) -> bool {
        vendor.account.app().token.drop_token(self);
        true
    }
}

impl Held for CustomerToken {
    async fn obtain(vendor: &Vendor) -> Result<Self, VendorError> {
        let ask = vendor.account.ask_customer_token()?;
        let make = || vendor.make_token(ask, Token::for_customer);
        vendor.account.customer_token.get(make).await.map_err(no_token)
    }

    fn refused(&self, vendor: &Vendor) -> bool {
        vendor.account.customer_token.drop_token(self);
        true
    }
}

/// The failure of a token is not the failure of what it was for: that was never sent.
pub(super) fn no_token(error: VendorError) -> VendorError {
    VendorError::NoCredential(NoCredential::NoToken(Box::new(error)))
}
