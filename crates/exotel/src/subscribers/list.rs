//! All subscribers, page by page.

use http::{Method, Request, Response};
use serde_json::Value;

use super::{PageUri, Subscriber, SubscriberStatus, draft};
use crate::config::SubscribersApi;
use crate::endpoint::Draft;
use crate::envelope::Envelope;
use crate::{ApiError, ApiKey, Endpoint, Invalid};

/// The page size when none is asked for, and the largest one (§7).
const PAGE_SIZE: u64 = 100;

/// `GET /subscribers`
///
/// Subscriber Management API §7. The next pages come from [`SubscriberPage::next`] by [`ListSubscribers::page`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListSubscribers {
    /// Only these.
    pub status: Option<SubscriberStatus>,
    /// 1 to 100; 100 if absent.
    pub page_size: Option<u64>,
    /// How many to skip; 0 if absent.
    pub offset: Option<u64>,
    /// A page the platform named. It holds all of the above, which then is not sent.
    pub page: Option<PageUri>,
}

impl ListSubscribers {
    /// The request for a page the platform named.
    pub fn page(page: PageUri) -> Self {
        Self {
            page: Some(page),
            ..Self::default()
        }
    }

    /// How many a full page holds.
    fn full(&self) -> u64 {
        let named = self.page.as_ref().and_then(|page| page.number("page_size"));
        named.or(self.page_size).unwrap_or(PAGE_SIZE)
    }
}

/// One page. The platform gives no total.
#[derive(Clone, Debug, PartialEq)]
pub struct SubscriberPage {
    /// What is on it: an item can fail by itself.
    pub subscribers: Vec<Result<Subscriber, ApiError>>,
    /// The next page; `None` at the end: none is named, the same one is named again, or this one is not full.
    pub next: Option<PageUri>,
    /// The page before.
    pub previous: Option<PageUri>,
    /// The first page.
    pub first: Option<PageUri>,
}

impl Endpoint for ListSubscribers {
    type Config = SubscribersApi;
    type Credential = ApiKey;
    type Response = SubscriberPage;

    fn request(&self, config: &SubscribersApi, credential: &ApiKey) -> Result<Request<Vec<u8>>, Invalid> {
        if let Some(page) = &self.page {
            return Draft::new(Method::GET, &config.base.origin())
                .path(page.as_str())
                .sign(credential)?
                .finish();
        }
        if self
            .page_size
            .is_some_and(|size| !(1..=PAGE_SIZE).contains(&size))
        {
            return Err(Invalid::new("page_size", "A page holds 1 to 100 subscribers."));
        }
        if let Some(status) = &self.status {
            status.check()?;
        }
        draft(Method::GET, config)?
            .path("/subscribers")
            .query_option("status", self.status.as_ref())
            .query_option("page_size", self.page_size)
            .query_option("offset", self.offset)
            .sign(credential)?
            .finish()
    }

    fn parse(&self, answer: &Response<Vec<u8>>) -> Result<SubscriberPage, ApiError> {
        let envelope = Envelope::open(answer)?;
        envelope.refused_as_a_whole()?;
        let items = match envelope.body.get("response") {
            Some(Value::Null) => &[],
            Some(_) => envelope.items(),
            None => return Err(envelope.unreadable("there is no `response` in it")),
        };
        let subscribers: Vec<_> = items.iter().map(|item| envelope.record(item)).collect();
        let uri = |name: &str| PageUri::read(envelope.body.get("metadata")?.get(name)?.as_str()?);
        let next = uri("next_page_uri").filter(|next| {
            let full = next.number("page_size").unwrap_or_else(|| self.full());
            subscribers.len() as u64 >= full && self.page.as_ref() != Some(next)
        });
        Ok(SubscriberPage {
            next,
            previous: uri("prev_page_uri"),
            first: uri("first_page_uri"),
            subscribers,
        })
    }
}
