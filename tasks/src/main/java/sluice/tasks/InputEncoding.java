package sluice.tasks;

/** How what files hold became the features of a task, where that takes more than reading them: a model of the task keeps it. */
public interface InputEncoding {
    /** {@return all that it takes to do the same with new examples, as JSON} */
    String json();

    /**
     * {@return what the files call it}
     *
     * @param number of a class, as its examples are labelled
     */
    String className(int number);
}
