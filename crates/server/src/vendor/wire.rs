//! One request over one connection: TLS, time-outs, a bound on the answer, and the word whether it may have arrived.

use std::time::Duration;

use http::{Request, Response};

use super::{Broken, VendorError};

/// The longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(3);
/// The longest answer that is read, in bytes.
const LONGEST: usize = 4 * 1024 * 1024;

/// The HTTP client.
pub(super) struct Wire(Option<reqwest::Client>);

impl Wire {
    /// With the longest wait for a whole answer. Follows no redirect: a credential goes where it was meant to go. Uses
    /// no proxy of the environment.
    pub(super) fn new(timeout: Duration) -> Self {
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT)
            .timeout(timeout)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build();
        if let Err(error) = &client {
            tracing::error!(%error, "no HTTP client can be made: requests to the vendor will fail");
        }
        Self(client.ok())
    }

    /// Sends once and reads the whole answer.
    pub(super) async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, VendorError> {
        let unsent = |why| VendorError::Unreachable { sent: false, why };
        let client = self.0.as_ref().ok_or(unsent(Broken::Setup))?;
        let request = reqwest::Request::try_from(request).map_err(|_| unsent(Broken::Setup))?;
        let mut answer = client.execute(request).await.map_err(|error| broken(&error))?;
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| broken(&error))? {
            if body.len() + chunk.len() > LONGEST {
                return Err(VendorError::Unreachable {
                    sent: true,
                    why: Broken::TooLong,
                });
            }
            body.extend_from_slice(&chunk);
        }
        let mut whole = Response::new(body);
        *whole.status_mut() = answer.status();
        *whole.headers_mut() = std::mem::take(answer.headers_mut());
        Ok(whole)
    }
}

/// Only a connection that was never made is known to have carried nothing. The error's text holds the URL: it goes no
/// further than here.
fn broken(error: &reqwest::Error) -> VendorError {
    if error.is_connect() || error.is_builder() {
        return VendorError::Unreachable {
            sent: false,
            why: Broken::Connection,
        };
    }
    let why = if error.is_timeout() {
        Broken::Silence
    } else {
        Broken::Cut
    };
    VendorError::Unreachable { sent: true, why }
}
