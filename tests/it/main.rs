//! What is tested from outside: one binary, a file for each feature.

mod architecture;
mod bench;
mod commands;
mod coverage;
mod daemon;
mod dark_sources;
mod demo;
mod documents;
mod faults;
mod installed;
mod kill;
mod law;
mod letters;
mod letters_mime;
mod mail_faults;
mod mail_servers;
mod one_writer;
mod permits;
mod post;
mod postfix;
mod smtp;
mod smtp_login;
mod smtp_pace;
mod smtp_server;
mod smtp_tls;
mod straight_line;
