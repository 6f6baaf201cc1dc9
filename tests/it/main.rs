//! What is tested from outside: one binary, a file for each feature.

mod architecture;
mod bench;
mod commands;
mod coverage;
mod daemon;
mod demo;
mod documents;
mod faults;
mod installed;
mod letters;
mod letters_mime;
mod mail_servers;
mod permits;
mod post;
mod postfix;
mod smtp;
mod smtp_login;
mod smtp_pace;
mod smtp_server;
mod smtp_tls;
mod straight_line;
