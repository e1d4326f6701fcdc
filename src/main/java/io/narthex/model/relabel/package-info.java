/// Relabelling: rules that rewrite, keep or drop a set of labels. Owns {@link
/// io.narthex.model.relabel.RelabelConfig}, one rule as it is configured, and {@link
/// io.narthex.model.relabel.Relabeler}, a compiled list of rules. Invariants: rules apply in order
/// and each sees what the one before left; a dropped set stays dropped. Source: prometheus
/// `model/relabel`.
@NullMarked
package io.narthex.model.relabel;

import org.jspecify.annotations.NullMarked;
