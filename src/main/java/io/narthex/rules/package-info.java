/// Rules: the files that name them.
///
/// Owns: how a rule file is read and checked ({@link io.narthex.rules.RuleFiles}), what it holds
/// ({@link io.narthex.rules.RuleGroup}, {@link io.narthex.rules.Rule}), and at which instants a
/// group is evaluated ({@link io.narthex.rules.GroupTimes}). Checks, their order and their wording
/// are those of prometheus `model/rulefmt`. Templates in labels and annotations of alerts are not
/// looked at here.
@NullMarked
package io.narthex.rules;

import org.jspecify.annotations.NullMarked;
