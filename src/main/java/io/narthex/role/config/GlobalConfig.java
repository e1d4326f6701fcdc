package io.narthex.role.config;

import io.narthex.model.labels.Labels;
import io.narthex.model.labels.NameValidation;

/// What the `global` section says to others than jobs.
///
/// @param evaluationIntervalMs of rules; also the step of subqueries that name none
/// @param ruleQueryOffsetMs how far rules look and write back
/// @param externalLabels of what leaves this server, environment variables replaced
/// @param queryLogFile empty if queries are not logged
public record GlobalConfig(
    long scrapeIntervalMs,
    long evaluationIntervalMs,
    long ruleQueryOffsetMs,
    Labels externalLabels,
    String queryLogFile,
    NameValidation nameValidation) {}
