/// The syntax tree of PromQL: immutable records that know their place in the text.
@NullMarked
package io.narthex.promql.ast;

import org.jspecify.annotations.NullMarked;
