package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import java.util.BitSet;
import sluice.tasks.Examples;

/**
 * Rows as features.
 *
 * @param examples labelled with numbers of classes; a missing value is 0
 * @param missing positions of missing values in {@code examples.values()}
 * @param tasks the task of each
 */
record EncodedRows(Examples examples, BitSet missing, ImmutableList<String> tasks) {}
