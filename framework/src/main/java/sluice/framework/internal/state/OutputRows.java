package sluice.framework.internal.state;

/**
 * The form of an array with values for each output of a network: some that have nothing to do with outputs, then rows of one value for
 * each. So lie the parameters of a network and whatever there is one of for each of them: in the output layer a row for each input, and
 * one of biases.
 *
 * @param first values before the rows, at least 0
 * @param outputs values of a row, at least 1
 */
public record OutputRows(int first, int outputs) {
    /** Where a value lies that had a place in the array when there were so many outputs, the first of those that there are now. */
    int place(int index, int before) {
        int inRows = index - first;
        return inRows < 0 ? index : first + inRows / before * outputs + inRows % before;
    }
}
