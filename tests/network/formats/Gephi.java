import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.gephi.graph.api.Column;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Graph;
import org.gephi.graph.api.GraphController;
import org.gephi.graph.api.GraphModel;
import org.gephi.graph.api.Interval;
import org.gephi.graph.api.Node;
import org.gephi.graph.api.Table;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Issue;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.ProjectController;
import org.openide.util.Lookup;

/** Reads network files as Gephi does, and prints what it found, a line each, parted by tabs. */
public class Gephi {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] files) throws Exception {
        ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
        ImportController importing = Lookup.getDefault().lookup(ImportController.class);
        for (String file : files) {
            projects.newProject();
            Container container = importing.importFile(new File(file));
            container.getLoader().setAllowAutoNode(false);
            OUT.println("file\t" + file);
            for (Issue issue : container.getReport().getIssuesList(100)) {
                OUT.println("issue\t" + issue.getLevel() + "\t" + issue.getMessage());
            }
            importing.process(container, new DefaultProcessor(), projects.getCurrentWorkspace());
            GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel();
            columns("node", model.getNodeTable());
            columns("edge", model.getEdgeTable());
            Graph graph = model.getGraph();
            for (Node node : graph.getNodes()) {
                OUT.println("node\t" + node.getId() + "\t" + node.getLabel() + "\t" + lifetime(node.getIntervals()));
            }
            for (Edge edge : graph.getEdges()) {
                StringBuilder line = new StringBuilder("edge\t" + edge.getSource().getId() + "\t" + edge.getTarget().getId());
                line.append("\t").append(edge.isDirected()).append("\t").append(edge.getWeight());
                line.append("\t").append(lifetime(edge.getIntervals()));
                for (Column column : model.getEdgeTable()) {
                    line.append("\t").append(column.getTitle()).append("=").append(edge.getAttribute(column));
                }
                OUT.println(line);
            }
            projects.closeCurrentProject();
        }
        System.exit(0);
    }

    private static void columns(String element, Table table) {
        for (Column column : table) {
            OUT.println("column\t" + element + "\t" + column.getTitle() + "\t" + column.getTypeClass().getSimpleName());
        }
    }

    private static String lifetime(Interval[] intervals) {
        return intervals.length == 0 ? "" : intervals[0].getLow() + " " + intervals[0].getHigh();
    }
}
