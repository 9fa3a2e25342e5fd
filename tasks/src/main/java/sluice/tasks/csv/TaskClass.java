package sluice.tasks.csv;

import sluice.tasks.Printable;

/** A class within a task. */
record TaskClass(String task, String label) {
    static TaskClass of(CsvRow row) {
        return new TaskClass(row.task(), row.label());
    }

    @Override
    public String toString() {
        return "the class %s%s".formatted(Printable.quoted(label), of(task));
    }

    /** The task for a message, as in " of task a"; not that of a single table. */
    static String of(String task) {
        return task.equals(CsvData.NAME) ? "" : " of task " + Printable.quoted(task);
    }
}
