package sluice.tasks.csv;

/**
 * A row as read.
 *
 * @param cells what stands for each feature's cell; not a number where it has no value
 * @param label text of the class; "0" where a number is to be predicted
 * @param target the number that is to be predicted; not a number where a class is
 * @param task name of the task, the same for all rows where there are none
 * @param place where it begins
 */
record CsvRow(float[] cells, String label, double target, String task, CsvPlace place) {
    /** The same row in a task of another name. */
    CsvRow inTask(String other) {
        return new CsvRow(cells, label, target, other, place);
    }

    boolean isMissing(int position) {
        return Float.isNaN(cells[position]);
    }
}
