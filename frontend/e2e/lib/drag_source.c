/* A small window at a place of the screen, from which a file, or a text, can be dragged. */
#include <gtk/gtk.h>
#include <stdlib.h>

static void give(GtkWidget *widget, GdkDragContext *context, GtkSelectionData *data, guint info, guint time, gpointer given)
{
	gchar *uris[] = {given, NULL};
	if (g_str_has_prefix(given, "file:"))
		gtk_selection_data_set_uris(data, uris);
	else
		gtk_selection_data_set_text(data, given, -1);
}

static gboolean shown(GtkWidget *widget, GdkEvent *event, gpointer unused)
{
	g_print("{\"shown\":true}\n");
	return FALSE;
}

static void ended(GtkWidget *widget, GdkDragContext *context, gpointer unused)
{
	g_print("{\"ended\":true}\n");
}

int main(int argc, char **argv)
{
	gtk_init(&argc, &argv);
	if (argc != 4)
		return 2;
	GtkWidget *window = gtk_window_new(GTK_WINDOW_POPUP);
	gtk_window_resize(GTK_WINDOW(window), 40, 40);
	gtk_window_move(GTK_WINDOW(window), atoi(argv[2]), atoi(argv[3]));
	gtk_drag_source_set(window, GDK_BUTTON1_MASK, NULL, 0, GDK_ACTION_COPY);
	if (g_str_has_prefix(argv[1], "file:"))
		gtk_drag_source_add_uri_targets(window);
	else
		gtk_drag_source_add_text_targets(window);
	g_signal_connect(window, "drag-data-get", G_CALLBACK(give), argv[1]);
	g_signal_connect(window, "drag-end", G_CALLBACK(ended), NULL);
	g_signal_connect(window, "map-event", G_CALLBACK(shown), NULL);
	gtk_widget_show(window);
	gtk_main();
}
