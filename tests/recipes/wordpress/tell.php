<?php
// Carries out one order in the WordPress in the folder FAT_WORDPRESS: JSON `{"do": "…", …}` on standard input, JSON as answer.
// The order `pages` bypasses WordPress's filters on purpose: an author with all rights can save any HTML.

$order = json_decode( stream_get_contents( STDIN ), true );
$root  = getenv( 'FAT_WORDPRESS' );
$_SERVER['HTTP_HOST'] = parse_url( getenv( 'FAT_WORDPRESS_ORIGIN' ), PHP_URL_HOST );

/** Tests send no mail. */
function wp_new_blog_notification() {}

if ( 'install' === $order['do'] ) {
	$database = mysqli_init();
	$database->real_connect( 'localhost', 'root', '', null, 0, getenv( 'FAT_WORDPRESS_SOCKET' ) );
	$database->query( 'CREATE DATABASE wordpress CHARACTER SET utf8mb4' );
	define( 'WP_INSTALLING', true );
}
require $root . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/admin.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

switch ( $order['do'] ) {
	case 'install':
		wp_install( 'Northlake', 'owner', 'owner@northlake.example.org', false, '', 'owner' );
		wp_insert_user( array( 'user_login' => 'editor', 'user_pass' => 'editor', 'role' => 'editor' ) );
		update_option( 'show_avatars', 0 );
		update_option( 'blogdescription', '' );
		// The editor's welcome guide loads a picture from another server.
		update_user_meta( 1, 'wp_persisted_preferences', array( 'core/edit-post' => array( 'welcomeGuide' => false ), '_modified' => gmdate( 'c' ) ) );
		switch_theme( 'head-before-content' );
		$answer = get_bloginfo( 'version' );
		break;
	case 'activate':
		$error  = activate_plugin( 'find-a-time/find-a-time.php' );
		$answer = is_wp_error( $error ) ? $error->get_error_message() : 'active';
		break;
	case 'uninstall':
		deactivate_plugins( 'find-a-time/find-a-time.php' );
		uninstall_plugin( 'find-a-time/find-a-time.php' );
		$answer = $GLOBALS['wpdb']->get_col( "SELECT option_name FROM {$GLOBALS['wpdb']->options} WHERE option_name LIKE '%find%time%'" );
		break;
	case 'theme':
		switch_theme( $order['theme'] );
		$answer = get_stylesheet();
		break;
	case 'settings':
		update_option( 'find_a_time', $order['settings'] );
		$answer = get_option( 'find_a_time' );
		break;
	case 'stored':
		// Writes unsanitized settings into the database, as another plugin may have left them.
		$GLOBALS['wpdb']->update( $GLOBALS['wpdb']->options, array( 'option_value' => serialize( $order['settings'] ) ), array( 'option_name' => 'find_a_time' ) );
		$answer = true;
		break;
	case 'pages':
		kses_remove_filters();
		$answer = array();
		foreach ( $order['contents'] as $content ) {
			$page     = array( 'post_type' => 'page', 'post_status' => 'publish', 'post_title' => $order['title'], 'post_content' => $content );
			$answer[] = wp_insert_post( wp_slash( $page ) );
		}
		break;
	case 'content':
		$answer = get_post( $order['page'] )->post_content;
		break;
}
echo json_encode( $answer ), "\n";
