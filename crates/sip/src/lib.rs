//! SIP.
