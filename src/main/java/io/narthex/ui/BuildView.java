package io.narthex.ui;

/// What was built, when and from which revision; empty text where unknown.
public record BuildView(
    String version,
    String revision,
    String branch,
    String buildUser,
    String buildDate,
    String javaVersion) {}
