package io.narthex.ui;

/// One command-line flag, its name without dashes, and the value in force.
public record FlagView(String name, String value) {}
