//! What is tested from outside: one binary, a file for each feature.

mod letters_mime;
mod mail_servers;
mod post;
mod smtp;
mod smtp_server;
mod smtp_tls;
